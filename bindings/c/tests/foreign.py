"""The library through its header, read by cffi: nothing here was written for Liniment but the calls."""

import pathlib
import re
import subprocess

import cffi

ROOT = pathlib.Path(__file__).resolve().parents[3]
HEADER = ROOT / "bindings/c/include/liniment.h"
LIBRARY = ROOT / "target/debug/libliniment_c.so"

text = subprocess.run(
    ["cc", "-std=c99", "-E", "-P", "-D__attribute__(x)=", str(HEADER)], check=True, capture_output=True, text=True
).stdout
# cffi wants declarations alone: of the preprocessed text, what stands from the header's own first line on.
text = text[text.index("struct ArrowArrayStream;") :]
# Functions with a body are for compilers.
text = re.sub(r"static inline [^{;]*\{(?:[^{}]|\{[^{}]*\})*\}", "", text)

ffi = cffi.FFI()
ffi.cdef(text)
lib = ffi.dlopen(str(LIBRARY))


def given(value: str | bytes):
    data = value.encode() if isinstance(value, str) else value
    kept = ffi.new("char[]", data)
    return kept, ffi.new("liniment_str *", {"data": kept, "len": len(data)})


def read(text) -> str:
    return ffi.buffer(text.data, text.len)[:].decode()


def call(function, *arguments):
    error = ffi.new("liniment_error **")
    status = function(*arguments, error)
    if status != 0:
        message = read(lib.liniment_error_message(error[0]))
        lib.liniment_error_free(error[0])
        raise RuntimeError(f"{status}: {message}")


assert ffi.string(lib.liniment_version()).decode().count(".") == 2
kb = ffi.new("liniment_kb **")
call(lib.liniment_kb_builtin, ffi.NULL, 0, kb)

kept, json = given('{"cramp_state":"active","in_session":true,"onset_setting":"during_exercise"}')
case = ffi.new("liniment_case **")
call(lib.liniment_case_from_json, kb[0], json[0], case)
answer = ffi.new("liniment_text *")
call(lib.liniment_advise_json, case[0], answer)
assert read(answer).startswith('{"format":1,')
lib.liniment_text_free(answer)

advice = ffi.new("liniment_advice **")
call(lib.liniment_advise, case[0], advice)
item = ffi.new("liniment_item *", {"size": ffi.sizeof("liniment_item")})
said = {}
for index in range(lib.liniment_advice_count(advice[0])):
    assert lib.liniment_advice_item(advice[0], index, item) == 0
    said[read(item.id)] = ffi.string(lib.liniment_verdict_name(item.verdict)).decode()
assert said, "nothing is said"

codes = ffi.new("uint8_t[]", lib.liniment_kb_advice_count(kb[0]))
call(lib.liniment_verdicts, case[0], codes, len(codes))
names = {
    read(lib.liniment_kb_advice_name(kb[0], index)): ffi.string(lib.liniment_verdict_name(code)).decode()
    for index, code in enumerate(codes)
    if code
}
assert names == said, (names, said)

kept, wrong = given(b'{"in_session": "\xff"}')
try:
    call(lib.liniment_case_from_json, kb[0], wrong[0], case)
except RuntimeError as error:
    assert "UTF-8" in str(error), error
else:
    raise AssertionError("what is not UTF-8 is taken")

# Every function that reads a handle answers NULL with a status or with nothing.
for name in re.findall(r"\b(liniment_\w+)\s*\(", text):
    kind = ffi.typeof(getattr(lib, name)) if hasattr(lib, name) else None
    if kind is None or kind.kind != "function":
        continue
    nothing = [ffi.NULL if kind_.kind in ("pointer", "function") else ffi.new(f"{kind_.cname} *")[0] for kind_ in kind.args]
    result = getattr(lib, name)(*nothing)
    # Plain answers are empty; a status that is not OK needs no look.
    assert kind.result.cname != "int32_t" or result != 0 or not nothing or name == "liniment_error_status", name

lib.liniment_advice_free(advice[0])
lib.liniment_case_free(case[0])
lib.liniment_kb_free(kb[0])
print("cffi reads the header and drives the library")
