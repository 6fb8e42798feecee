"""The command line in Chinese: what is typed is understood, and help and usage errors are in the language asked for."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

import recruitment
from recruitment.base.errors import BadInput
from recruitment.cli import help_zh
from recruitment.cli.choices import WordChoice
from recruitment.cli.main import COMMANDS, cli
from recruitment.cli.typed_words import command_names, option_names, printed, translate
from recruitment.rulebooks.locate import dossiers_folder

WORDS = recruitment.load_rulebooks().synonyms
CONTEXT = click.Context(cli, info_name="recruitment", help_option_names=["-h", "--help"])
Run = Callable[..., tuple[int, str]]


def params_of(code: str) -> list[click.Parameter]:
    """The parameters of a command, with those that all have."""
    context = cli.context_of(CONTEXT, code)
    assert context is not None
    return context.command.get_params(context)


def names_of(code: str) -> dict[str, tuple[str, ...]]:
    """The options of a command with their Chinese names."""
    return dict(option_names(WORDS, code, params_of(code)))


def translated(*words: str) -> list[str]:
    """A command line as the parser gets it."""
    return translate(words, WORDS, list(COMMANDS), lambda code: cli.context_of(CONTEXT, code))


def read(*words: str) -> list[str]:
    """The same without the language of the answer, which is that of the words."""
    found = translated(*words)
    if found[1:3] == ["--lang", "zh"] and "--lang" not in words:
        return [found[0], *found[3:]]
    return found


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["查看", "甲"], ["--lang", "zh"]),
        (["show", "甲", "--姓名"], ["--lang", "zh"]),
        (["show", "甲"], []),
        (["查看", "甲", "--lang", "en"], ["--lang", "en"]),
        (["查看", "甲", "--语言=en"], ["--lang=en"]),
    ],
)
def test_who_types_chinese_is_answered_in_chinese(words: list[str], asked: list[str]) -> None:
    """A command or an option in Chinese asks for a Chinese answer; a value does not, and --lang has the last word."""
    found = translated(*words)
    assert [word for word in found if word.startswith("--lang") or word in ("zh", "en")] == asked


# ------------------------------------------------------------------------------------------- what is typed


def test_a_file_is_opened_and_advanced_without_one_english_word(chinese: Run) -> None:
    """Commands, options, evidence and words are Chinese, the signs those of a Chinese input method."""
    opened = chinese(
        "建档", "2026-0001", "--出生日期", "2001-05-04", "--日期", "2026-09-01", "--与所申请组织的关系", "学习",
        "--学习单位", "有党组织", "--材料", "入党申请书",
    )  # fmt: skip
    assert opened[0] == 0, opened
    talked = chinese(
        "登记", "2026-0001", "谈话", "——日期", "2026-09-20", "－－谈话人＝职务=支部书记",
        "--谈话内容：学习工作经历,入党动机",
    )  # fmt: skip
    assert talked[0] == 0, talked
    code, shown = chinese("查看", "2026-0001", "--数据格式")
    assert code == 0
    assert '"acts": 2' in shown


def test_each_printed_name_is_accepted_back() -> None:
    """The name that help prints for a command or an option means that one alone, and every further name does, too."""
    for code, names in command_names(WORDS, list(COMMANDS)):
        assert names, code
        for name in names:
            assert read(name) == [code], name
        for option, words in names_of(code).items():
            assert words, (code, option)
            for dashes in ("--", "——", "－－"):
                assert read(code, dashes + printed(option, words).removeprefix("--")) == [code, option], option
            for word in words:
                if any(word == other[0] for name, other in names_of(code).items() if name != option):
                    continue  # another option is printed under that name
                assert read(code, f"--{word}＝值")[1].removesuffix("=值") == option, (code, word)


def test_no_name_is_left_over() -> None:
    """Every name in synonyms.toml belongs to a command or an option that there is."""
    assert set(WORDS.commands) <= {*COMMANDS, "rules.diff"}
    choices = {
        choice for code in COMMANDS for param in params_of(code) for choice in getattr(param.type, "choices", ())
    }
    assert set(WORDS.choices) <= choices
    known = {"version"}
    for code in COMMANDS:
        options = [option.removeprefix("--") for option in names_of(code)]
        known |= {*options, *(f"{code}.{option}" for option in options)}
    assert set(WORDS.options) <= known


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        (
            ["登记", "甲", "谈话", "--备注", "--日期", "--日期", "2026-09-01"],
            ["--note", "--日期", "--on", "2026-09-01"],
        ),
        (["登记", "甲", "谈话", "--no-input", "——日期", "——"], ["--no-input", "--on", "——"]),
        (["登记", "甲", "谈话", "--name=申请人甲"], ["--name=申请人甲"]),
        (["登记", "甲", "谈话", "—on＝2026.9.1"], ["--on=2026.9.1"]),
        (["登记", "甲", "谈话", "--", "--日期"], ["--", "--日期"]),
    ],
)
def test_values_stay_as_they_are(typed: list[str], means: list[str]) -> None:
    """What follows an option is its value even where it looks like one; after -- nothing is an option."""
    assert read(*typed) == ["advance", "甲", "谈话", *means]


def test_each_printed_choice_is_accepted_back() -> None:
    """An option with few choices takes each by the name that help prints, and a second command by its word."""
    for code in COMMANDS:
        for param in params_of(code):
            for choice in (
                getattr(param.type, "choices", ())
                if not isinstance(param.type, WordChoice) and param.opts[0][:1] == "-"
                else ()
            ):
                assert any(not word.isascii() for word in WORDS.choices[choice]), choice
                for word in WORDS.choices[choice]:
                    assert read(code, param.opts[0], word) == [code, param.opts[0], choice]
                    assert read(code, f"{max(param.opts, key=len)}＝{word}")[1].endswith(f"={choice}")
    assert read("规则", "对照", "2014", "2026") == ["rules", "diff", "2014", "2026"]
    assert read("审查", "--格式", "文档") == ["audit", "--format", "文档"]


def test_short_options_and_flags_stay_apart() -> None:
    """A path joined to -o is a value; an option that may stand alone does not swallow the next one."""
    assert read("空白台账", "-o台账.xlsx") == ["template", "-o台账.xlsx"]
    assert read("核对", "--核对行", "--台账", "甲.db") == ["verify", "--anchor", "--db", "甲.db"]
    assert read("--帮助") == ["--help"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["查瞧"], "没有“查瞧”这个命令；是否指 查看？"),
        (["登记", "甲", "谈话", "--日其", "2026-09-01"], "没有“日其”这个选项；是否指 --日期？"),
        (["登记", "甲", "谈话", "--谈话", "无"], "选项“谈话”可以指 --意见 或 --谈话人 或 --谈话内容，请写明是哪一个"),
        (["查看", "甲", "--颜色"], "没有“颜色”这个选项；可用的见 recruitment 查看 --帮助"),
    ],
)
def test_a_word_that_is_not_understood_is_bad_input(chinese: Run, words: list[str], sentence: str) -> None:
    """One sentence names the nearest or the choices, the exit code is 2, and JSON says the same."""
    assert chinese(*words) == (2, sentence + "\n")
    code, said = chinese(*words, "--json")
    assert code == 2
    assert sentence in said
    with pytest.raises(BadInput):
        read(*words)


# ------------------------------------------------------------------------------------------- help


def codes_of(code: str) -> set[str]:
    """What may stand in the help of a command as it is: its choices, and names of files and formats."""
    choices = {choice for param in params_of(code) for choice in getattr(param.type, "choices", ())}
    lettered = {"recruitment", "xlsx", "ics", "toml", "year", "postgresql", "x", "diff", "none", "Graphviz", "d", "w"}
    return choices | lettered | set(re.findall(r"[a-z]+", str(COMMANDS)))


@pytest.mark.parametrize("code", list(COMMANDS))
def test_help_is_chinese(chinese: Run, code: str) -> None:
    """Each command and each option has its Chinese text, beside the names that are typed, and nothing in English."""
    exit_code, helped = chinese(code, "--help")
    assert exit_code == 0
    assert helped.startswith("用法：recruitment ")
    assert "选项：" in helped
    assert help_zh.COMMANDS[code][1].split("\n")[0][:12] in helped
    for option, names in names_of(code).items():
        assert f"{printed(option, names)}, {option}" in helped
        row = re.search(rf"{re.escape(printed(option, names))}, {option}.*?(?=\n  -|\n\n|\Z)", helped, re.DOTALL)
        assert row is not None
        said = row[0].replace(printed(option, names), "").replace(option, "")
        assert re.search(r"[\u4e00-\u9fff]", said), (code, option)
    left = re.sub(r"(?<![\w-])--?[a-z][a-z-]*|[A-Z][A-Z_]+|https?://\S+|eval .*", " ", helped)
    assert set(re.findall(r"[A-Za-z]+", left)) <= codes_of(code) | {"stage", "lanes", "limits", "ballot", "detours"} | {
        "course",
        "refusal",
        "changes",
        "local",
        "file",
        "guizhou",
    }


def test_no_text_of_help_is_left_over() -> None:
    """Every Chinese text belongs to a command or an option that there is."""
    assert set(help_zh.COMMANDS) == set(COMMANDS)
    options = {"version"}
    for code in COMMANDS:
        given = [option.removeprefix("--") for option in names_of(code)]
        options |= {*given, *(f"{code}.{option}" for option in given)}
    assert set(help_zh.OPTIONS) <= options


def test_the_whole_help_is_chinese_and_lists_every_command(chinese: Run) -> None:
    """Without a command, too; and --lang decides against the locale, in both directions and wherever it stands."""
    code, helped = chinese("--help")
    assert code == 0
    for name, (line, _) in help_zh.COMMANDS.items():
        assert f"{printed(name, WORDS.commands[name])}, {name} " in helped
        assert line in helped
    assert chinese("show", "--help", "--lang", "en")[1].startswith("Usage: ")
    assert chinese("show", "--lang=zh", "--help")[1].startswith("用法：")


def test_no_line_of_help_is_wider_than_the_terminal(chinese: Run) -> None:
    """Chinese characters count two columns."""
    import unicodedata

    for code in COMMANDS:
        for line in chinese(code, "--help")[1].splitlines():
            wide = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)
            assert wide <= 104 or " " not in line.strip(), line


# ------------------------------------------------------------------------------------------- usage errors


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show"], "缺少参数 档案"),
        (["advance"], "缺少参数 程序"),
        (["advance", "甲"], "缺少参数 程序"),
        (["show", "a", "--foo"], "没有“--foo”这个选项"),
        (["show", "a", "--nam"], "没有“--nam”这个选项；是否指 --显示姓名？"),
        (["show", "a", "-x"], "没有“-x”这个选项"),
        (["show", "a", "--db"], "选项 --台账 后面要写内容"),
        (["登记", "a", "谈话", "--登记人"], "选项 --登记人 后面要写内容"),
        (["show", "a", "--names=x"], "选项 --显示姓名 后面不写内容"),
        (["show", "a", "b"], "多写了 b"),
        (["show", "a", "b", "c"], "多写了 b c"),
        (["audit", "--format", "doc"], "选项 --格式：可以写 表格、json、xlsx、网页"),
        (["画图", "--格式", "文档"], "选项 --格式：可以写 svg、png、pdf、dot、mermaid、网页"),
        (["list", "--standing", "仙人"], "选项 --身份：'仙人' 不在可用值之内（"),
        (["audit", "--jobs", "0"], "选项 --进程数：须为 1 至 256 的整数"),
        (["audit", "--jobs", "x"], "选项 --进程数：须为 1 至 256 的整数"),
        (["train", "--seed", "x"], "选项 --题组：须为整数"),
        (["advance", "a", "b", "--expected", "-1"], "选项 --已有项数：须为不小于 0 的整数"),
        (["correct", "a", "x"], "参数 记录号：须为不小于 0 的整数"),
        (["completion", "dos"], "参数 SHELL：可以写 "),
        (["template"], "缺少选项 --输出"),
        (["shwo"], "没有“shwo”这个命令；是否指 show（查看）？"),
        (["zzz"], "没有“zzz”这个命令；可用的见 recruitment --帮助"),
    ],
)
def test_usage_errors_are_chinese(chinese: Run, words: list[str], said: str) -> None:
    """What the parser itself refuses is said in Chinese, with the line of usage and where to read more."""
    code, output = chinese(*words)
    assert code == 2
    usage, hint, _, sentence = output.splitlines()
    assert usage.startswith("用法：recruitment ")
    assert re.fullmatch("用法详见 recruitment (?:[\u4e00-\u9fff]+ )?--帮助", hint)
    assert sentence.startswith(f"错误：{said}")
    assert "." not in sentence
    first, *rest = [word for word in translated(*words) if word not in ("--lang", "zh")]
    assert re.search("Usage: |Error: ", chinese(first, "--lang", "en", *rest)[1] if first in COMMANDS else "Error: ")


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (["登记", "甲", "谈话"], "--日期"),
        (["登记", "甲", "谈话x"], "程序"),
        (["登记", "甲", "谈话", "--日期", "x"], "--日期"),
        (["建档", "乙", "--出生日期", "2001"], "--出生日期"),
        (["建档", "乙", "--日期", "2026-1-1", "--与所申请组织的关系", "不知"], "--与所申请组织的关系"),
        (["建档", "乙", "--日期", "2026-1-1", "--党支部", "名称=甲支部，设有支委会=x"], "--党支部 是否设有支部委员会"),
        (["登记", "甲", "谈话", "--日期", "2026-10-3", "--谈话人", "职务=仙人"], "--谈话人 职务"),
        (["登记", "甲", "15", "--日期", "2026-10-3", "--表决", "赞成=x"], "--表决 赞成"),
        (["登记", "甲", "15", "--日期", "2026-10-3", "--结果", "不知"], "--结果"),
        (["登记", "甲", "谈话", "--日期", "2026-10-3", "--单项理由", "x"], "--单项理由"),
        (["登记", "甲", "乙", "谈话", "--日期", "2026-10-3", "--已有项数", "1"], "--已有项数"),
        (["登记", "甲", "谈话", "--内容文件", "{json}"], "--谈话人 第1项 职务"),
        (["更正", "甲", "--更正理由", "x"], "记录号"),
        (["更正", "甲", "9", "--作废", "--更正理由", "x"], "更正: 记录号"),
        (["计划", "甲", "--假设", "x"], "--假设"),
        (["计划", "甲", "--开会日期", "x"], "--开会日期"),
        (["到期", "--期限内", "x"], "--期限内"),
        (["查看", "甲", "--今天", "x"], "--今天"),
        (["查看", "甲", "--规则理解", "x=y"], "--规则理解"),
        (["画图", "--图名", "x"], "--图名"),
        (["规则", "x"], "规则"),
        (["规则", "对照", "x"], "规则 对照"),
    ],
)
def test_the_place_of_a_fault_is_in_the_words_that_are_typed(
    chinese: Run, tmp_path: Path, words: list[str], place: str
) -> None:
    """What is wrong is said of an option, an argument or a part by its Chinese name, and no key stands before it."""
    evidence = tmp_path / "evidence.json"
    evidence.write_text('{"谈话人": [{"职务": "仙人"}], "日期": "2026-10-03"}', encoding="utf-8")
    assert chinese(*_OPENED)[0] == 0
    code, said = chinese(*(word.format(json=evidence) for word in words))
    assert code == 2
    lines = [line for line in said.splitlines() if "→" not in line]
    assert lines[0].startswith(f"{place}: "), said
    assert not any(re.match("[a-z-]+[:.]", line) for line in said.splitlines()), said
    assert not chinese(*(word.format(json=evidence) for word in words), "--lang", "en")[1].startswith(f"{place}: ")


def _texts(tree: ast.AST) -> list[str]:
    """The Chinese texts of a module: every keyword `zh`, with what is put into it left out."""
    said = [node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "zh"]
    parts = [[part.value for part in ast.walk(text) if isinstance(part, ast.Constant)] for text in said]
    return ["".join(part for part in text if isinstance(part, str)) for text in parts]


def test_hints_name_commands_and_options_in_chinese() -> None:
    """Every command and option that a Chinese sentence names is one that is typed in Chinese."""
    options = {f"--{name}" for code in COMMANDS for names in names_of(code).values() for name in names} | {"--帮助"}
    commands = {name for names in WORDS.commands.values() for name in names}
    seen = 0
    for path in Path(recruitment.__file__).parent.rglob("*.py"):
        for text in _texts(ast.parse(path.read_text(encoding="utf-8"))):
            for option in re.findall("--[^\\s，。；：、（）]+", text):
                assert option in options, (path, text)
                seen += 1
            for command in re.findall("recruitment ([^\\s，。；：（）-]+)", text):
                assert command in commands, (path, text)
                seen += 1
    assert seen > 20


@pytest.mark.parametrize(
    ("words", "means"),
    [
        (["画图", "--适用版本", "2026版"], "2026"),
        (["画图", "--适用版本", "2014年版＋贵州"], "2014+guizhou-2015"),
        (["规则", "--地方规定", "贵州省2015年规程"], "guizhou-2015"),
        (["规则", "--适用版本", "自定"], "自定"),
    ],
)
def test_editions_are_typed_as_people_call_them(words: list[str], means: str) -> None:
    """An edition by its year with 版 behind it, a local one by the beginning of its name; others stay as they are."""
    code, option, typed = read(*words)
    (param,) = [param for param in params_of(code) if option in param.opts]
    assert param.type.convert(typed, param, None) == means


def test_times_ahead_and_bodies_are_typed_in_chinese(chinese: Run) -> None:
    """Days, weeks and months ahead, and the days of meetings by the name of the body."""
    from recruitment.cli.commands.plan import _within

    assert [_within(text).days for text in ("30", "30d", "30天", "４周", "4w", "2个月", "60天以内", "7日")] == [
        30, 30, 30, 28, 28, 60, 60, 7,
    ]  # fmt: skip
    assert chinese(*_OPENED)[0] == 0
    assert chinese("计划", "甲", "--开会日期", "支部大会＝2026-12-01、2027-01-05")[0] == 0
    code, said = chinese("计划", "甲", "--开会日期", "妇联=2026-12-01")
    assert code == 2
    assert said.startswith("--开会日期: 没有由“妇联”办理的程序；是否指支部大会？可用：入党申请人、")


_OPENED = (
    "建档", "甲", "--出生日期", "2001-05-04", "--日期", "2026-09-01", "--与所申请组织的关系", "学习",
    "--学习单位", "有党组织", "--材料", "入党申请书", "--党支部", "名称=示例第一党支部",
)  # fmt: skip


def test_every_message_of_the_parser_has_its_chinese() -> None:
    """The messages that the installed parser can put to a user are all in the catalogue; a new one fails here."""
    programmers = {"Invalid start character for option ({option})", "Unknown color {colour!r}"}
    unused = {"Press any key to continue...", "Repeat for confirmation"}
    known = {*help_zh.MESSAGES, *help_zh.PLURALS}
    for module in ("exceptions", "parser", "formatting", "termui"):
        spec = importlib.util.find_spec(f"click.{module}")
        assert spec is not None
        assert spec.origin is not None
        for node in ast.walk(ast.parse(Path(spec.origin).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                said = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                message = said[0] if len(said) == 1 else tuple(said)
                assert message in known | programmers | unused, message


def test_the_catalogue_is_the_one_that_the_texts_make() -> None:
    """What gettext reads is what stands in the texts: the generator would write the same bytes."""
    path = Path(__file__).parent.parent / "docs" / "generate.py"
    spec = importlib.util.spec_from_file_location("generate_docs", path)
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert generate.CATALOGUE.read_bytes() == generate.catalogue()


# ------------------------------------------------------------------------------------------- several files, and prompts


def test_what_each_file_has_of_its_own_may_be_typed_in_full_width(chinese: Run, tmp_path: Path) -> None:
    """A colon and an equals sign of a Chinese input method part file, field and value as their twins do."""
    document = json.loads(dossiers_folder().joinpath("regular.json").read_text(encoding="utf-8"))
    (file,) = document["files"]
    codes = [act["act"] for act in file["acts"]]
    file["acts"] = file["acts"][: codes.index("admission_meeting")]
    document["files"] = [{**file, "id": name} for name in ("甲", "乙")]
    (tmp_path / "waiting.json").write_text(json.dumps(document), encoding="utf-8")
    assert chinese("导入", str(tmp_path / "waiting.json"))[0] == 0
    code, said = chinese(
        "登记", "甲", "乙", "15", "——日期", "2024-05-20", "--一并登记", "--离开单位的日期", "无",
        "--会议程序", "发展对象，入党介绍人，委员会，讨论",
        "--表决", "应到=12，实到=11，书面=0，无记名，逐个表决",
        "--各人内容", "甲：表决＝赞成=10，反对=1，弃权=0", "--各人内容", "乙:表决=赞成=9，反对=1，弃权=1",
    )  # fmt: skip
    assert code == 0, said
    history = json.loads(chinese("历史", "乙", "--数据格式")[1])
    assert history["acts"][-1]["act"] == "admission_meeting"
    assert chinese("登记", "甲", "乙", "15", "--各人内容", "表决")[1].startswith(
        "--各人内容 表决: 请写成 档案:栏目=内容"
    )


def test_prompts_are_chinese(chinese: Run, tmp_path: Path) -> None:
    """At a terminal the choices are asked for by their names, and a wrong answer is refused in Chinese."""
    assert chinese(*_OPENED)[0] == 0
    ours, theirs = os.openpty()
    os.write(ours, "也许\n未确定\n\n\n\n\n".encode())
    done = subprocess.run(
        [sys.executable, "-m", "recruitment", "登记", "甲", "推荐和确定入党积极分子", "--日期", "2026-10-07"],
        env={**os.environ, "RECRUITMENT_DB": str(tmp_path / "ledger.db"), "PYTHONUTF8": "1"},
        stdin=theirs, stdout=theirs, stderr=theirs, timeout=60, check=False,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    text = said.decode()
    assert done.returncode in (0, 1)
    assert "结果（确定、未确定）" in text
    assert "错误：" in text
    assert "Error" not in text
    assert "[会议名称=…" in text or "[党员推荐|共青团组织" in text, text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("命令补全", "鱼"), "错误：参数 "),
        (("更正", "a", "0", "--日期", "2026-11-05"), "--更正原因: 请写明更正的理由"),
        (("审查", "-o", "报告.pdf"), "--输出: 报告没有 .pdf 这种格式"),
    ],
)
def test_what_is_said_of_these_is_chinese_too(chinese: Run, words: tuple[str, ...], said: str) -> None:
    """A command without a language of its own, a reason that is missing, an ending of something else."""
    opened = ("建档", "a", "--日期", "2026-11-01", "--出生日期", "2001-05-04", "--与所申请组织的关系", "学习")
    assert chinese(*opened, "--学习单位", "有党组织", "--材料", "入党申请书")[0] == 0
    code, answer = chinese(*words)
    assert (code, said in answer) == (2, True), answer
