"""Reading rulebooks: closed keys, every fault at once with its place, an answer to any file whatever."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from broken import breaking

from recruitment.base.errors import RulebookError
from recruitment.base.label import Label
from recruitment.rulebooks.load import load_rulebooks, read_rulebooks
from recruitment.rulebooks.locate import rulebooks_folder
from recruitment.rulebooks.toml_file import LARGEST_FILE

STAGE_1 = "2026/stage-1.toml"


@pytest.mark.parametrize("path", breaking.cases("reading"))
def test_a_broken_file_is_answered_with_the_words_pinned_beside_it(path: Path, tmp_path: Path) -> None:
    """Each broken file brings exactly the faults that its case names, in both languages."""
    case = breaking.case(path)
    found = breaking.faults(breaking.changed(breaking.copied(tmp_path), case["change"]))
    assert found == (case["en"], case["zh"])


def rewritten(tmp_path: Path, content: bytes, file: str = STAGE_1) -> tuple[list[str], list[str]]:
    """The faults of the shelf of record with one file replaced."""
    copy = breaking.copied(tmp_path)
    (copy / file).write_bytes(content)
    return breaking.faults(copy)


def test_the_shelf_of_record_reads_without_a_fault() -> None:
    """What is shipped is whole: both editions, 25 procedures each, oldest first."""
    editions = load_rulebooks()
    assert [rulebook.code for rulebook in editions.rulebooks] == ["2014", "2026"]
    assert [len(rulebook.procedures) for rulebook in editions.rulebooks] == [25, 25]
    assert load_rulebooks() is editions


def test_an_unchanged_copy_has_no_fault(tmp_path: Path) -> None:
    """The broken cases start from a shelf without fault, so that what is found is their own."""
    assert breaking.faults(breaking.copied(tmp_path)) == ([], [])


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    """A file saved in another encoding is named, with what to do."""
    content = (breaking.RECORD / STAGE_1).read_text(encoding="utf-8").encode("gb18030")
    en, zh = rewritten(tmp_path, content)
    assert en == [f"{STAGE_1}: the file is not UTF-8; save it as UTF-8"]
    assert zh == [f"{STAGE_1}: 文件不是 UTF-8 编码，请另存为 UTF-8"]


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    """A huge file is refused by its size, before it is read as TOML."""
    whole = (breaking.RECORD / STAGE_1).read_bytes()
    exactly = whole + b"#" * (LARGEST_FILE - len(whole))
    assert rewritten(tmp_path / "at", exactly)[0] == []
    en, zh = rewritten(tmp_path / "over", exactly + b"#")
    assert en == [f"{STAGE_1}: the file is larger than 1000000 bytes"]
    assert zh == [f"{STAGE_1}: 文件超过 1000000 字节"]


DEEP = {
    "lists": "x = " + "[" * 5000 + "]" * 5000,
    "tables": "x = " + "{ a = " * 5000 + "1" + " }" * 5000,
    "dotted keys of a test": "[[rule]]\nwhen = [{ " + "where." * 900 + "is = true }]",
}


@pytest.mark.parametrize("content", DEEP.values(), ids=DEEP.keys())
def test_a_file_that_is_nested_too_deeply(content: str, tmp_path: Path) -> None:
    """Nesting of any depth is answered in one sentence a file, never by running out of stack."""
    en, zh = rewritten(tmp_path, content.encode())
    assert en == [f"{STAGE_1}: the file is nested too deeply"]
    assert zh == [f"{STAGE_1}: 文件嵌套过深"]


def test_a_number_too_long_to_read(tmp_path: Path) -> None:
    """A number of thousands of digits is a fault of the file, not a crash."""
    en, _ = rewritten(tmp_path, b"number = " + b"9" * 5000)
    assert len(en) == 1
    assert en[0].startswith(f"{STAGE_1}: this is not TOML: ")


@pytest.mark.parametrize("file", ["index.toml", "vocabulary.toml", "policies.toml", STAGE_1])
def test_a_file_that_is_missing(file: str, tmp_path: Path) -> None:
    """A file that is not there is named."""
    copy = breaking.copied(tmp_path)
    (copy / file).unlink()
    assert breaking.faults(copy) == (
        [f"{file}: the file cannot be read; put it back"],
        [f"{file}: 文件无法读取，请放回原处"],
    )


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    """A folder of a file's name is no file."""
    copy = breaking.copied(tmp_path)
    (copy / STAGE_1).unlink()
    (copy / STAGE_1).mkdir()
    assert breaking.faults(copy)[0] == [f"{STAGE_1}: the file cannot be read; put it back"]


@pytest.mark.parametrize("content", [b"", b"\x00", b"\xef\xbb\xbfx = 1", b"[[rule]]", b"rule = 3", b"\r"])
def test_any_content_is_answered(content: bytes, tmp_path: Path) -> None:
    """Whatever stands in a file, the answer is at least one fault that names it, and each is one line."""
    en, zh = rewritten(tmp_path, content)
    assert en
    assert len(en) == len(zh)
    assert all(text.startswith(f"{STAGE_1}: ") and "\n" not in text for text in (*en, *zh))


def test_a_folder_without_rulebooks(tmp_path: Path) -> None:
    """A folder that is no shelf is refused with its name and what to do."""
    with pytest.raises(RulebookError) as raised:
        load_rulebooks(tmp_path)
    assert raised.value.en == f"{tmp_path}: there are no rulebooks there; name a folder that holds index.toml"
    assert raised.value.zh == f"{tmp_path}: 此处没有规程文件，请指定含有 index.toml 的文件夹"


def test_a_folder_that_the_caller_names_is_read(tmp_path: Path) -> None:
    """A copy under another name holds the same books, by content."""
    copy = breaking.copied(tmp_path)
    assert rulebooks_folder(copy) == copy
    hashes = [rulebook.content_hash for rulebook in read_rulebooks(copy).rulebooks]
    assert hashes == [rulebook.content_hash for rulebook in load_rulebooks().rulebooks]


def test_better_words_are_no_other_rules() -> None:
    """Titles and sentences decide nothing: the content hash stays, and what is kept with its words is made anew."""
    rulebook = load_rulebooks().named("2026")
    words = Label(zh="另一句", en="another sentence")
    other = evolve(rulebook, rules=tuple(evolve(rule, clause=words) for rule in rulebook.rules))
    assert other.content_hash == rulebook.content_hash
    assert other.wording_hash != rulebook.wording_hash
    stricter = evolve(rulebook, rules=tuple(evolve(rule, force="bar") for rule in rulebook.rules))
    assert stricter.content_hash != rulebook.content_hash


def test_a_changed_parameter_changes_the_content_hash(tmp_path: Path) -> None:
    """Two books that judge differently never have one hash."""
    changes: list[dict[str, Any]] = [
        {"file": STAGE_1, "at": 'code = "age-18"', "find": '"18 years"', "write": '"19 years"'}
    ]
    changed = read_rulebooks(breaking.changed(breaking.copied(tmp_path), changes))
    assert changed.named("2026").content_hash != load_rulebooks().named("2026").content_hash
    assert changed.named("2014").content_hash == load_rulebooks().named("2014").content_hash


def test_editions_are_put_in_the_order_of_their_days(tmp_path: Path) -> None:
    """The index may name the editions in any order; each is in force until the next begins."""
    copy = breaking.copied(tmp_path)
    head, *parts = (copy / "index.toml").read_text(encoding="utf-8").split("[[edition]]")
    text = "[[edition]]".join([head, *(f"{edition}\n" for edition in reversed(parts))])
    (copy / "index.toml").write_text(text, encoding="utf-8")
    editions = read_rulebooks(copy)
    assert [rulebook.code for rulebook in editions.rulebooks] == ["2014", "2026"]
    assert editions.rulebooks[0].until == editions.rulebooks[1].in_force
    assert editions.rulebooks[1].until is None
