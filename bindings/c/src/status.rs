//! What a function answers.

/// What a function answers. The numbers never change; later versions may add some.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All went well.
    Ok = 0,
    /// A pointer that must not be NULL is NULL.
    NullPointer = 1,
    /// A text is not UTF-8, has a zero byte in it, or is too long to be a name.
    InvalidText = 2,
    /// An enumerator, number, length or `size` that means nothing here.
    InvalidArgument = 3,
    /// An earlier call on this handle failed inside the library. Only freeing it is possible now.
    Poisoned = 4,
    /// The library failed inside. The handle is poisoned; others are not concerned.
    Panic = 5,
    /// The library was built without this part.
    Unsupported = 6,
    /// A callback of the program did not want to go on.
    Stopped = 7,
    /// A case, or a value for it, cannot be read. The error says where and what is allowed.
    InvalidCase = 10,
    /// No fact, option, advice, pack, language or limit has this name. The error has the nearest.
    UnknownName = 11,
    /// Something of another knowledge base.
    Foreign = 12,
    /// The packs have errors. The error has every diagnostic.
    InvalidPack = 20,
    /// The packs are not those that the program was made for.
    PackChanged = 21,
    /// A folder or file cannot be read.
    Unreadable = 22,
    /// The columns or rows of a batch cannot be used.
    InvalidBatch = 30,
}
