//! Syntax and limits: what can be seen in one file alone.

super::declare! {
    NOT_RON = "L0001", Error, "the text is not well formed", "";
    NOT_UTF8 = "L0002", Error, "the file is not UTF-8 text", "";
    BYTE_ORDER_MARK = "L0003", Error, "the file starts with a byte-order mark", "";
    NOT_A_LIST = "L0004", Error, "the file is not one list of statements", "";
    EMPTY_FILE = "L0005", Error, "the file is empty", "";
    NO_MANIFEST = "L0006", Error, "the pack has no `pack.ron`", "";
    MANIFEST_SHAPE = "L0007", Error, "`pack.ron` is not one `Pack(…)`", "";
    FOREIGN_FORM = "L0008", Error, "a form of RON that packs do not use", "";
    UNKNOWN_STATEMENT = "L0009", Error, "there is no statement of this name", "";
    UNKNOWN_FIELD = "L0010", Error, "there is no field of this name", "";
    DUPLICATE_FIELD = "L0011", Error, "a field is written twice", "";
    DUPLICATE_KEY = "L0012", Error, "a name is written twice in one row or map", "";
    MISSING_FIELD = "L0013", Error, "a field is missing", "";
    UNKNOWN_WORD = "L0014", Error, "this word is not one of those allowed here", "";
    WRONG_KIND = "L0015", Error, "another kind of value belongs here", "";
    WRONG_COUNT = "L0016", Error, "too many or too few values", "";
    NEEDLESS_SOME = "L0017", Error, "`Some` and `None` are not used in packs", "";
    EMPTY_CONDITION = "L0018", Error, "a condition without rows", "";
    BAD_NUMBER = "L0019", Error, "a number that cannot be kept exactly", "";
    HIDDEN_IN_NAME = "L0021", Error, "a hidden character in a name", "";
    HIDDEN_IN_TEXT = "L0022", Warning, "a hidden character in a text", "";
    BAD_CASE_VALUE = "L0023", Error, "a value that no case can have", "";
    LIMIT = "L0030", Error, "a limit is passed", "";
}
