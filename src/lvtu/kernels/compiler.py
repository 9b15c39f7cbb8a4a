"""The decorator that turns a loop into machine code, and keeps the machine code on disk.

Numba compiles each kernel once per machine and combination of argument types; the object code is
kept in a cache folder and later processes load it with llvmlite alone. Loading Numba itself costs
a new process about 1.5 s and a kernel from Numba's own cache about 1 s more; loading the object
code costs 0.2 s for all of them together, which is what lets ``lvtu funnel`` answer within its second.
Numba's cache also missed edits in a callee of another file, so ours is keyed on the source of every kernel.

Calls go through ctypes, which releases the interpreter lock: kernels run in parallel on threads.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import tempfile
import threading
import types
from collections.abc import Callable
from functools import cache, update_wrapper
from pathlib import Path
from typing import Any, cast

import numpy as np

_LOCK = threading.RLock()
_NUMBERS = {bool: "i8", int: "i8", float: "f8", np.int64: "i8", np.float64: "f8", np.uint64: "u8"}
_CTYPES = {"i8": ctypes.c_int64, "u8": ctypes.c_uint64, "f8": ctypes.c_double}


class Inline:
    """A helper that kernels call; compiled into each of them, never called from Python in earnest."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        update_wrapper(cast(Any, self), function)

    def __call__(self, *args: Any) -> Any:
        """Run the helper in plain Python (tests, debugging)."""
        return self.function(*args)


class Kernel:
    """A compiled loop. Calling it picks the machine code for the argument types, making it if need be.

    Arguments are C-contiguous NumPy arrays of one or two dimensions, ints and floats. The result is
    an int, or None. Read-only arrays are welcome: a kernel writes only to its documented outputs.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self._code: dict[tuple[str, ...], Callable[..., Any]] = {}
        update_wrapper(cast(Any, self), function)

    def __call__(self, *args: Any) -> Any:
        """Run the machine code on the arguments, without the interpreter lock."""
        flat: list[Any] = []
        signature = tuple([_flatten(arg, flat) for arg in args])
        code = self._code.get(signature)
        if code is None:
            code = self._code[signature] = _load(self, signature)
        return code(flat)

    def __reduce__(self) -> str:
        """A kernel is sent by its name; machine code is made, or found in the cache, where it lands."""
        return self.function.__name__

    def compile(self, signature: tuple[str, ...]) -> None:
        """Make sure that machine code for a signature such as ``("u1[]", "i8[]", "i8")`` is ready."""
        if signature not in self._code:
            self._code[signature] = _load(self, signature)


def kernel(function: Callable[..., Any]) -> Kernel:
    """Mark a loop over arrays as a kernel."""
    return Kernel(function)


def inline(function: Callable[..., Any]) -> Inline:
    """Mark a helper that kernels call."""
    return Inline(function)


def _flatten(arg: Any, flat: list[Any]) -> str:
    """Append an argument as the machine code takes it, and say its type."""
    if isinstance(arg, np.ndarray):
        if not arg.flags.c_contiguous:
            raise TypeError("a kernel takes C-contiguous arrays only")
        flat += (None, None, arg.size, arg.itemsize, arg.__array_interface__["data"][0])
        flat += arg.shape
        flat += arg.strides
        kind: str = arg.dtype.str[1:]
        return kind + ("[]" if arg.ndim == 1 else "[,]")
    flat.append(arg)
    return _NUMBERS[type(arg)]


def _load(owner: Kernel, signature: tuple[str, ...]) -> Callable[..., Any]:
    with _LOCK:
        if signature in owner._code:
            return owner._code[signature]
        path = _cache_folder() / (_file_name(owner.function, signature) + ".o")
        try:
            blob = path.read_bytes()
        except FileNotFoundError:
            blob = _compile(owner, signature)
            _keep(path, blob)
        header, _, code = blob.partition(b"\n")
        symbol, result = header.decode().split(" ")
        return _bind(_address(symbol, code), signature, result)


def _bind(address: int, signature: tuple[str, ...], result: str) -> Callable[..., Any]:
    """A Python callable over a flat argument list for machine code at an address."""
    flat: list[Any] = []
    for kind in signature:
        if kind.endswith("]"):
            dimensions = 2 if "," in kind else 1
            flat += [ctypes.c_void_p] * 2 + [ctypes.c_int64] * 2 + [ctypes.c_void_p]
            flat += [ctypes.c_int64] * (2 * dimensions)
        else:
            flat.append(_CTYPES[kind])
    code = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, *flat)(address)

    def call(arguments: list[Any]) -> int | None:
        value, error = ctypes.c_int64(0), ctypes.c_void_p()
        status = code(ctypes.addressof(value), ctypes.addressof(error), *arguments)
        if status not in (0, -2):  # -2 is how the machine code says None
            raise RuntimeError(f"a kernel stopped with status {status}")
        return value.value if result == "i8" else None

    return call


def _compile(owner: Kernel, signature: tuple[str, ...]) -> bytes:
    numba = _numba()

    argument_types = tuple(_numba_type(kind) for kind in signature)
    options: dict[str, Any] = {"error_model": "numpy", "nogil": True, "boundscheck": False, "_nrt": False}
    options |= {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    dispatcher = numba.njit(argument_types, **options)(_with_helpers(owner.function))
    compiled = dispatcher.overloads[argument_types]
    _, kind, (code, *_) = compiled.library.serialize_using_object_code()
    assert kind == "object"
    result = "i8" if compiled.signature.return_type != numba.types.none else "none"
    header = f"{compiled.fndesc.llvm_func_name} {result}\n"
    return header.encode() + bytes(code)


def _numba() -> Any:
    """Numba, imported when something must be compiled; its types describe only part of what it accepts."""
    import numba

    return numba


def _with_helpers(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with every inline helper among its globals replaced by its jitted twin."""
    numba = _numba()
    plain = cast(types.FunctionType, function)
    names = set(plain.__code__.co_names)
    scope = dict(plain.__globals__)
    for name in names & scope.keys():
        if isinstance(scope[name], Inline):
            helper = _with_helpers(scope[name].function)
            scope[name] = numba.njit(error_model="numpy", nogil=True, _nrt=False)(helper)
    return types.FunctionType(plain.__code__, scope, plain.__name__, plain.__defaults__, plain.__closure__)


def _numba_type(kind: str) -> Any:
    numba = _numba()
    if kind.endswith("]"):
        dtype, _, rest = kind.partition("[")
        return numba.types.Array(numba.from_dtype(np.dtype(dtype)), 2 if "," in rest else 1, "C")
    return {"i8": numba.types.int64, "u8": numba.types.uint64, "f8": numba.types.float64}[kind]


@cache
def _cache_folder() -> Path:
    """Where this version of the kernels, compiled for this processor by these compilers, is kept."""
    import llvmlite.binding as llvm

    digest = hashlib.blake2b(digest_size=12)
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    digest.update(llvm.get_host_cpu_name().encode())
    digest.update(repr(sorted(llvm.get_host_cpu_features().items())).encode())
    digest.update(repr((llvm.llvm_version_info, np.__version__, ctypes.sizeof(ctypes.c_void_p))).encode())
    base = os.environ.get("LVTU_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "lvtu" / f"kernels-{digest.hexdigest()}"


def _file_name(function: Callable[..., Any], signature: tuple[str, ...]) -> str:
    kinds = hashlib.blake2b("|".join(signature).encode(), digest_size=8).hexdigest()
    return f"{function.__module__.rpartition('.')[2]}.{function.__name__}.{kinds}"


def _keep(path: Path, blob: bytes) -> None:
    """Write to the cache whole or not at all; a cache that cannot be written is only slower."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(blob)
        Path(file.name).replace(path)
    except OSError:
        return


@cache
def _engine() -> Any:
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine()
    return llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)


def _address(symbol: str, code: bytes) -> int:
    import llvmlite.binding as llvm

    engine = _engine()
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return int(engine.get_function_address(symbol))
