"""The short way between JSON and the model: decoded by msgspec, made into objects by code that is generated once.

It takes only what it can prove to be read without loss and without a word to say about it. Everything else goes the
thorough way, which comes to the same objects and explains what is wrong. All goes that way where the short one does not
serve, which is said aloud: `is_usable` tries it before the first use.
"""

from __future__ import annotations

import functools
import itertools
import operator
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model.register import COLLECTION_OF, TABLES, Register
from untoc_network.serializers.fast.code_generation import (
    CACHED_FORMS,
    IDS,
    RECURRING_READERS,
    build_struct,
    compile_readers,
    compile_writers,
    ensure_twins_work,
)
from untoc_network.serializers.source.limits import Limits
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.ids_and_codes import LanguageTag, RecordId
from untoc_network.values.self_checked_classes import TEXT_FORMS

__all__ = [
    "DEEPEST",
    "MOST_CACHED",
    "REFUSALS",
    "Decoder",
    "LineDecoder",
    "RecordReader",
    "convert_plain",
    "decode_json",
    "encode_json",
    "encode_texts",
    "indent_json",
    "is_usable",
    "make_line_reader",
    "may_hold_more_values_than",
    "split_items",
]

MOST_CACHED = 2**22
MOST_CACHED_OF_LINES = 2**15
"""So many values are kept while documents are read, and while lines stream by."""

_IDS_AT_ONCE = 500
_SHORT, _FIRST = 2**18, 20
_TEXTS = itertools.count()
_TABLE_KEYS = {name: f'"{name}"'.encode() for name in TABLES}

T = TypeVar("T")

DEEPEST = 16
"""No sound document is as deep as this."""


_TRIED = (
    b'{"organizations":[{"at_risk":true,"founded":"2022-03","id":"xa-refuge","kind":"ngo","name":{"es":"M\xc3\xa9xico"}}'
    b'],"schema_version":1}'
)
_REFUSED = (
    b'{"organizations":[],"schema_version":1}',
    b'{"schema_version":1,"title":null}',
    b'{"schema_version":1,"title":{"en":1}}',
    b'{"schema_version":1,"unknown":1}',
    b'{"schema_version":true}',
    b'{"schema_version":1}x',
    b"{}",
)


@functools.cache
def is_usable() -> bool:
    """Whether the short way can be gone with this Python and this msgspec. Where it cannot, a `RuntimeWarning` says so.

    It is tried: that objects can be made as the generated code makes them, and that msgspec reads, refuses and writes
    what it must. Other versions of either need no list, and none is believed unseen.
    """
    try:
        ensure_twins_work()
        _ensure_msgspec_works()
    except Exception as problem:  # noqa: BLE001 - whatever it is, the thorough way reads the same
        warnings.warn(
            "untoc_network reads and writes JSON without its compiled way, to the same results and several times "
            f"slower, since it does not serve with this Python and this msgspec: {type(problem).__name__}: {problem}",
            RuntimeWarning,
            stacklevel=2,
        )
        return False
    return True


def _ensure_msgspec_works() -> None:
    """Try reading, refusing and writing. Raises `TypeError` where msgspec does otherwise than it must."""
    import msgspec

    decoder = Decoder(Register, Limits())
    struct, plain = decoder.decode(_TRIED), msgspec.json.decode(_TRIED)
    written = {*map(msgspec.json.encode, (struct, plain))}
    (read,) = decoder.build(struct).organizations
    held = {"at_risk": read.at_risk, "founded": str(read.founded), "id": read.id, "kind": read.kind.value}
    if plain["organizations"] != [held | {"name": dict(read.name)}] or written != {_TRIED}:
        raise TypeError("msgspec reads or writes otherwise than it is known to")
    for text in _REFUSED:
        try:
            decoder.read(text)
        except ValueError:
            continue
        raise TypeError(f"msgspec takes {text.decode()}")


def decode_json(data: bytes, cls: type[T], limits: Limits) -> T | None:
    """The register or record that the bytes hold, or None where the thorough way must be gone."""
    if limits.max_depth < DEEPEST or not is_usable():
        return None
    try:
        return Decoder(cls, limits, _make_cache(cls)).read(data)  # type: ignore[no-any-return]
    except REFUSALS:
        return None


def convert_plain(document: Any, cls: Any) -> Any:
    """The object that plain values are, which were scanned without a finding; else as `decode_json`."""
    return _try(_make_converter(cls), document) if is_usable() else None


@functools.cache
def _make_converter(cls: Any) -> Callable[[Any], Any]:
    """What makes an object of a class of plain values; a register recurs to values, of which it keeps none."""
    if cls is Register:
        return lambda document: Decoder(cls, Limits(), make_reading_cache()).convert(document)
    return Decoder(cls, Limits(), make_uncached_reading()).convert


def _make_cache(cls: Any) -> ReadingCache:
    return make_reading_cache() if cls is Register else make_uncached_reading()


REFUSALS = (ValueError, TypeError, KeyError, RecursionError, ImpossibleValue)
"""What the compiled way raises, without a meaning, where it does not take a document."""


def encode_json(value: Any, *, indent: int | None = None) -> bytes | None:
    """A register or record as canonical JSON, with `indent` blanks a level or with none at all.

    None where the thorough way must be gone.
    """
    if not is_usable():
        return None
    import msgspec

    try:
        compact = msgspec.json.encode(compile_writers()[type(value)](value, {}))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return compact if indent is None else indent_json(compact, indent)


def indent_json(data: bytes, indent: int) -> bytes:
    """JSON in one line as a document in many: nothing but blanks differs."""
    import msgspec

    return msgspec.json.format(data, indent=indent)


def make_line_reader(limits: Limits) -> Callable[[bytes], tuple[str, Any] | None]:
    """What reads a line of NDJSON as a collection and a record, or as None where the thorough way must be gone."""
    serves = limits.max_depth >= DEEPEST and is_usable()
    return LineDecoder(limits).read if serves else lambda _: None


class Decoder:
    """Reads documents of one class. Raises something of no meaning where the thorough way must be gone.

    What occurs again and again, as dates and ids that are referred to do, is checked and kept once: in the cache that
    is given, or in one for each document.
    """

    def __init__(self, cls: Any, limits: Limits, cache: ReadingCache | None = None) -> None:
        import msgspec

        self._most = limits.max_values
        self._encode = msgspec.json.encode
        self._cls, self._build, self._cache = cls, compile_readers()[cls], cache or make_reading_cache()

    def read(self, data: bytes) -> Any:
        """The object that the bytes hold."""
        return self.build(self.decode(data))

    def decode(self, data: bytes, *, at_length: bool = True) -> Any:
        """The struct that the bytes hold, and nothing beside it.

        Where something may stand beside it, such as a default that is written out, it takes long to tell: only
        `at_length`.
        """
        struct = _make_decoder(self._cls, self._find_absent(data)).decode(data)
        _ensure_whole(data, self._encode(struct), self._most, at_length=at_length)
        return struct

    def decode_all(self, texts: list[bytes]) -> list[Any]:
        """The struct that each of the texts holds, and nothing beside it, or None."""
        structs = _replace_each([*texts], _make_decoder(self._cls).decode)
        read = b"".join(itertools.compress(texts, structs))
        if _has_same_content(read, self._encode([*filter(None, structs)])):
            return structs
        held = [None if one is None else text for text, one in zip(texts, structs, strict=True)]
        return _replace_each(held, self.decode)

    def _find_absent(self, data: bytes) -> frozenset[str]:
        """The tables that one of the first short texts does not name: a cold start need not make ready for them."""
        if self._cls is not Register or len(data) > _SHORT or next(_TEXTS) > _FIRST:
            return frozenset()
        return frozenset([name for name, key in _TABLE_KEYS.items() if key not in data])

    def build_all(self, structs: list[Any]) -> list[Any]:
        """The object that each of the structs of records is, or None, in its place; the ids of all are checked at once.

        Each struct goes when its object is there, which is then made where the one before was: see `_write_reader`.
        """
        if self._cls in COLLECTION_OF:
            _try(self._cache[IDS].keep_ids, filter(None, structs))
        build, cache = self._build, self._cache
        return _replace_each(structs, lambda struct: build(struct, cache))

    def convert(self, plain: Any) -> Any:
        """The object that plain values are."""
        import msgspec

        return self.build(msgspec.convert(plain, build_struct(self._cls)))

    def build(self, struct: Any) -> Any:
        """The object that a struct is. In that of a register each record becomes an object, up to a faulty one."""
        return self._build(struct, self._cache)


def _ensure_whole(data: bytes, canonical: bytes, most: int, *, at_length: bool = True) -> None:
    """Hold that all that stands in a text was read, and within the limit. Raises something of no meaning else."""
    if not _has_same_content(data, canonical):
        if not at_length:
            raise ValueError
        _refuse_duplicate_keys(data)
        canonical = data
    if may_hold_more_values_than(most, canonical):
        raise ValueError


def _has_same_content(data: bytes, canonical: bytes) -> bool:
    """Whether nothing stands in a text but what was read from it, which is given in its canonical form.

    What is written and not read, as a key that stands twice, takes a colon more. Of those that belong to a wording
    each text has as many, unless one is written by its number.
    """
    if data == canonical:
        return True
    by_number = b"\\" in data and (b"\\u003a" in data or b"\\u003A" in data)
    return not by_number and data.count(b":") == canonical.count(b":")


class RecordReader:
    """Reads records one by one, with what recurs among them checked and made once.

    None stands for a record that must go the thorough way. A document counts the values of all its records: whoever
    reads one asks `may_hold_more_values_than` of the whole first.
    """

    def __init__(self, limits: Limits, cache: ReadingCache | None = None) -> None:
        self._limits, self._cache = limits, cache or make_reading_cache()
        self._decoders: dict[str, Decoder] = {}
        self._serves = limits.max_depth >= DEEPEST and is_usable()

    def read(self, collection: str, data: bytes) -> Any:
        """The record of a collection that stands in JSON."""
        decoder = self._find_decoder(collection)
        return decoder and _try(decoder.read, data)

    def read_all(self, collection: str, texts: list[bytes]) -> list[Any]:
        """Each record of a collection, of which all stand in JSON."""
        decoder = self._find_decoder(collection)
        return decoder.build_all(decoder.decode_all(texts)) if decoder else [None] * len(texts)

    def convert(self, collection: str, record: Any) -> Any:
        """The record of a collection that plain values are, which were scanned without a finding."""
        decoder = self._find_decoder(collection)
        return decoder and _try(decoder.convert, record)

    def build_all(self, collection: str, records: list[Any]) -> list[Any]:
        """Each record of a collection, of which the first are objects already and the rest structs."""
        built = [*itertools.takewhile(lambda one: isinstance(one, TABLES[collection]), records)]
        decoder = self._find_decoder(collection)
        return built + (decoder.build_all(records[len(built) :]) if decoder else [None] * (len(records) - len(built)))

    def _find_decoder(self, collection: str) -> Decoder | None:
        if collection not in self._decoders and self._serves and collection in TABLES:
            self._decoders[collection] = Decoder(TABLES[collection], self._limits, self._cache)
        return self._decoders.get(collection)


def _replace_each(values: list[Any], read: Callable[[Any], Any]) -> list[Any]:
    """The list, with what is read of each value in its place; None for those of which nothing is, and for None."""
    rest = enumerate(values)
    while True:
        try:
            for place, value in rest:
                values[place] = None if value is None else read(value)
            return values
        except REFUSALS:
            values[place] = None


def _try(read: Callable[[Any], T], value: Any) -> T | None:
    """What is read of a value, or None where the thorough way must be gone."""
    try:
        return read(value)
    except REFUSALS:
        return None


class LineDecoder:
    """Reads lines of NDJSON, each a record with its collection; the limits hold for each line."""

    def __init__(self, limits: Limits) -> None:
        import msgspec

        self._most_bytes, self._most_values = limits.max_bytes, limits.max_values
        self._decode, self._builders = _make_line_decoder()
        self._encode = msgspec.json.encode
        self._cache = make_reading_cache(MOST_CACHED_OF_LINES)

    def read(self, line: bytes) -> tuple[str, Any] | None:
        """The collection and the record, or None where the thorough way must be gone."""
        if len(line) > self._most_bytes:
            return None
        try:
            struct = self._decode(line)
            _ensure_whole(line, self._encode(struct), self._most_values)
            collection, build = self._builders[type(struct)]
            return collection, build(struct.record, self._cache)
        except REFUSALS:
            return None


def split_items(data: bytes) -> list[bytes]:
    """The items of a list in JSON, each as it stands there."""
    return [*map(bytes, _make_list_decoder().decode(data))]


def encode_texts(texts: Sequence[str]) -> list[bytes]:
    """Each of the texts in JSON."""
    import msgspec

    return split_items(msgspec.json.encode(texts))


def may_hold_more_values_than(most: int, data: bytes) -> bool:
    """Whether a text may hold more values than the limit; where it may, the thorough way counts them.

    A value takes a byte at least, and a list or object, which counts twice, two. Before every value but the first of
    a list or object there stands a comma.
    """
    if len(data) <= most:
        return False
    commas_and_openings = len(data) - len(data.translate(None, b",{["))
    return 1 + 2 * commas_and_openings - data.count(b",") > most


def _refuse_duplicate_keys(data: bytes) -> None:
    import json  # which sound JSON does without

    def unique(pairs: list[tuple[str, Any]]) -> None:
        if len({key for key, _ in pairs}) < len(pairs):
            raise ValueError

    json.loads(data, object_pairs_hook=unique)


@functools.lru_cache(maxsize=200)
def _make_decoder(cls: Any, absent: frozenset[str] = frozenset()) -> Any:
    import msgspec

    return msgspec.json.Decoder(build_struct(cls, absent))


@functools.cache
def _make_list_decoder() -> Any:
    import msgspec

    return msgspec.json.Decoder(list[msgspec.Raw])


@functools.cache
def _make_line_decoder() -> tuple[Callable[[bytes], Any], Mapping[Any, tuple[str, Callable[[Any, Any], Any]]]]:
    """What decodes a line as one of a collection, and for each class of lines the collection and what makes objects."""
    import msgspec

    readers = compile_readers()
    builders = {
        msgspec.defstruct(
            f"{cls.__name__}Line",
            [("record", build_struct(cls))],
            tag_field="collection",
            tag=name,
            forbid_unknown_fields=True,
            frozen=True,
            gc=False,
        ): (name, readers[cls])
        for name, cls in TABLES.items()
    }
    return msgspec.json.Decoder(functools.reduce(operator.or_, builders)).decode, builders


# -- what recurs in one reading, checked and made once -----------------------------------------------------------------

ReadingCache = tuple[Any, ...]
"""What one reading has checked and made already; the functions that read are the same for all, and keep nothing."""


class _ValueCache(dict[Any, Any]):
    """What was made of values that occur again and again; forgets all when it grows too large."""

    __slots__ = ()
    most: int
    make: Callable[[Any], Any]

    def __missing__(self, value: Any) -> Any:
        return _keep_in_cache(self, value, self.make(value), self.most)

    def keep_ids(self, structs: Iterable[Any]) -> None:
        """Check the ids of many records, a few hundred at once. Raises `ValueError` where any of them is none."""
        ids = [struct.id for struct in structs]
        all_fit = True
        for start in range(0, len(ids), _IDS_AT_ONCE):
            some = ids[start : start + _IDS_AT_ONCE]
            if TEXT_FORMS[RecordId].fit_all(some):
                self.update(zip(some, some, strict=True))
            else:
                all_fit = False
        if not all_fit:
            raise ValueError


class _StructCache(dict[Any, Any]):
    """What was made of structs of small values, whatever their class."""

    __slots__ = ("most", "values_cache")

    def __init__(self, values_cache: ReadingCache, most: int) -> None:
        self.values_cache, self.most = values_cache, most

    def __missing__(self, struct: Any) -> Any:
        return _keep_in_cache(self, struct, RECURRING_READERS[type(struct)](struct, self.values_cache), self.most)


class _RowCache(dict[Any, Any]):
    """What was made of rows of such structs."""

    __slots__ = ("structs",)

    def __init__(self, structs: _StructCache) -> None:
        self.structs = structs

    def __missing__(self, row: tuple[Any, ...]) -> Any:
        structs = self.structs
        return _keep_in_cache(self, row, tuple([structs[struct] for struct in row]), structs.most)


def _keep_in_cache(cache: dict[Any, Any], value: Any, made: Any, most: int) -> Any:
    if len(cache) >= most:
        cache.clear()
    cache[value] = made
    return made


def make_reading_cache(most: int = MOST_CACHED) -> ReadingCache:
    """Nothing, for a reading that begins: it fills as values are read, and goes with what was read."""
    values = tuple([made() for made in _make_value_cache_classes(most)])
    structs = _StructCache(values, most)
    return (*values, structs, _RowCache(structs))


@functools.cache
def _make_value_cache_classes(most: int) -> tuple[Callable[[], _ValueCache], ...]:
    """A class for each kind of plain value that recurs, so that nothing has to be set up when a reading begins."""
    return tuple(
        type("_ValueCache", (_ValueCache,), {"__slots__": (), "most": most, "make": staticmethod(make)})
        for make in _list_makers()
    )


@functools.cache
def make_uncached_reading() -> ReadingCache:
    """What checks and makes each value anew where a cache would keep it: for one record, in which hardly any recurs."""
    values = tuple([_EachAnew(make) for make in _list_makers()])
    structs = _EachAnew(lambda struct: RECURRING_READERS[type(struct)](struct, values))
    return (*values, structs, _EachAnew(lambda row: tuple([structs[struct] for struct in row])))


class _EachAnew:
    """Looks like a cache, and keeps nothing."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self._make = make

    def __getitem__(self, value: Any) -> Any:
        return self._make(value)


def _list_makers() -> Iterator[Callable[[Any], Any]]:
    """What checks and makes the values that recur, kind by kind."""
    yield from (functools.partial(_require_text_form, form) for form in CACHED_FORMS)
    yield from (PartialDate, Instant, _sort_tags)


def _sort_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    if not tags or not all(map(TEXT_FORMS[LanguageTag].fits, tags)):
        raise ValueError
    return tuple(sorted(tags))


def _require_text_form(form: Any, text: str) -> str:
    if not form.fits(text):
        raise ValueError
    return text
