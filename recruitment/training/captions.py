"""What the training page says of itself, in both languages; what it says of the law comes with the lesson."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recruitment.diagram.canvas.plates import GAIN, SYMBOLS
from recruitment.wording import Label

CAPTIONS: Final[Mapping[str, Label]] = {
    "title": Label("发展党员流程培训", "Training: from applicant to full member"),
    "no_script": Label(
        "本页的卡片、演练和测验需要启用 JavaScript；下面只有流程图。",
        "The cards, the walk and the quiz of this page need JavaScript; below is the chart alone.",
    ),
    "skip": Label("跳到正文", "Skip to the content"),
    "parts": Label("各部分", "Parts"),
    "language": Label("语言", "Language"),
    "chart": Label("流程图", "Chart"),
    "walk": Label("演练", "Walk"),
    "quiz": Label("测验", "Quiz"),
    "edition": Label("{label}，{day}起施行", "{label}, in force from {day}"),
    "footer": Label(
        "演练和测验中的人、日期和单位都是虚构的。规则为转述并注明条款，不能代替原文。题组编号：{seed}",
        "The person, days and units of walk and quiz are invented. The rules paraphrase the articles that they cite "
        "and do not replace the text. Number of this set: {seed}",
    ),
    "between": Label("；", "; "),
    "glossary": Label("词语和标记", "Words and tags"),
    # ------------------------------------------------------------------------------ chart
    "chart_hint": Label(
        "点选任一程序，看做什么、谁来办、何时办、要哪些材料、依哪些条款。",
        "Choose a procedure to see what happens, who acts, when, with which papers and by which articles.",
    ),
    "chart_keys": Label(
        "用键盘：Tab 或方向键选择，回车打开，Esc 关闭。",
        "By keyboard: Tab or arrow keys, Enter opens, Escape closes.",
    ),
    "as_list": Label("改为列表", "Show as a list"),
    "as_chart": Label("改为流程图", "Show as a chart"),
    "key": Label("图例", "Key"),
    "stage": Label("第{number}阶段", "Stage {number}"),
    "procedure": Label("程序 {number}，{label}", "procedure {number}, {label}"),
    "beside": Label("并排：不分先后，可同时进行", "Side by side: in any order, or together"),
    "milestone": Label(f"{GAIN} 此后为{{standing}}", f"{GAIN} from here on: {{standing}}"),
    "who": Label("谁来办", "Who"),
    "after": Label("之前须完成", "Comes after"),
    "chart_order": Label("流程图的通常顺序", "Usual order by the chart"),
    "first": Label("这是第一项", "nothing: this is the first"),
    "when": Label("何时", "When"),
    "no_when": Label("没有单独的时限。", "There is no limit of time for it alone."),
    "papers": Label("材料", "Papers"),
    "no_papers": Label("不另外产生材料。", "It leaves no paper of its own."),
    "rules": Label("其他规定", "Other rules"),
    "everywhere": Label("每一项程序都适用的规定", "Rules that hold for every procedure"),
    "previous": Label("上一项", "Previous"),
    "next_one": Label("下一项", "Next"),
    "close": Label("关闭", "Close"),
    # ------------------------------------------------------------------------------ walk
    "step": Label("第 {n} 步，共 {all} 步", "Step {n} of {all}"),
    "back": Label("上一步", "Back"),
    "next": Label("下一步", "Next"),
    "again": Label("从头再走", "From the beginning"),
    "recorded": Label(f"{SYMBOLS['done']} 予以登记", f"{SYMBOLS['done']} Recorded"),
    "facts": Label("记录的内容", "What was recorded"),
    "standing": Label("此时的身份：", "Standing now:"),
    "refused": Label(f"{SYMBOLS['blocked']} 这样办，不予登记", f"{SYMBOLS['blocked']} Tried otherwise, and refused"),
    "tried_on": Label("试办日期：{day}", "Tried on {day}"),
    "first_day": Label("最早可办：{day}", "First lawful day: {day}"),
    "no_first_day": Label("单靠等待不能解决。", "Waiting alone does not help."),
    "state_done": Label("已完成", "done"),
    "state_current": Label("当前", "current"),
    "state_later": Label("尚未到", "not yet"),
    "map": Label("进度", "Progress"),
    "walk_keys": Label("用 ← → 键前后翻看。", "The keys ← and → turn back and forth."),
    # ------------------------------------------------------------------------------ quiz
    "question": Label("第 {n} 题，共 {all} 题", "Question {n} of {all}"),
    "found_so_far": Label("一次找对 {n} 题", "Found at first look: {n}"),
    "ask": Label("下面哪一项不合规定？只有一处。", "Which of these acts is not in order? There is exactly one."),
    "person": Label("此人", "The person"),
    "check": Label("就是这一项", "It is this one"),
    "choose_first": Label("请先选一项。", "Choose an act first."),
    "chosen": Label("已选：{label}", "Chosen: {label}"),
    "nothing_chosen": Label("尚未选择", "Nothing chosen yet"),
    "right": Label(f"{SYMBOLS['done']} 对。", f"{SYMBOLS['done']} Right."),
    "wrong": Label(
        f"{SYMBOLS['failed']} 不对，再看看。这一项没有问题：{{label}}",
        f"{SYMBOLS['failed']} Wrong, look again. This one is in order: {{label}}",
    ),
    "shown": Label("答案：", "The answer:"),
    "show": Label("看答案", "Show the answer"),
    "next_question": Label("下一题", "Next question"),
    "to_score": Label("看成绩", "See the score"),
    "why": Label("哪里不合", "What is wrong"),
    "clause": Label("规定", "The rule"),
    "article": Label("条款", "Article"),
    "remedy": Label("怎么改", "What to do"),
    "act_wrong": Label(f"{SYMBOLS['blocked']} 不合规定", f"{SYMBOLS['blocked']} not in order"),
    "act_lawful": Label(f"{SYMBOLS['done']} 这一项没有问题", f"{SYMBOLS['done']} in order"),
    "score": Label("成绩", "Score"),
    "score_line": Label("{all} 题中一次找对 {n} 题", "{n} of {all} found at the first look"),
    "result_right": Label(f"{SYMBOLS['done']} 一次找对", f"{SYMBOLS['done']} found at first look"),
    "result_later": Label(f"{SYMBOLS['again']} 再看后找对", f"{SYMBOLS['again']} found after looking again"),
    "result_shown": Label(f"{SYMBOLS['failed']} 看了答案", f"{SYMBOLS['failed']} answer shown"),
    "start_over": Label("重新开始", "Start over"),
}
"""By what the page calls them. A name in braces is filled in by the page."""
