"""What the training page says of itself, in both languages; what it says of the law comes with the lesson."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recruitment.base.label import Label
from recruitment.diagram.canvas.plate import GAIN, SYMBOLS

CAPTIONS: Final[Mapping[str, Label]] = {
    "title": Label(zh="发展党员流程培训", en="Training: from applicant to full member"),
    "no_script": Label(
        zh="本页的卡片、演练和测验需要启用 JavaScript；下面只有流程图。",
        en="The cards, the walk and the quiz of this page need JavaScript; below is the chart alone.",
    ),
    "skip": Label(zh="跳到正文", en="Skip to the content"),
    "parts": Label(zh="各部分", en="Parts"),
    "language": Label(zh="语言", en="Language"),
    "chart": Label(zh="流程图", en="Chart"),
    "walk": Label(zh="演练", en="Walk"),
    "quiz": Label(zh="测验", en="Quiz"),
    "edition": Label(zh="{label}，{day}起施行", en="{label}, in force from {day}"),
    "footer": Label(
        zh="演练和测验中的人、日期和单位都是虚构的。规则为转述并注明条款，不能代替原文。题组编号：{seed}",
        en="The person, days and units of walk and quiz are invented. The rules paraphrase the articles that they cite "
        "and do not replace the text. Number of this set: {seed}",
    ),
    "between": Label(zh="；", en="; "),
    "glossary": Label(zh="用语和标签", en="Words and tags"),
    # ------------------------------------------------------------------------------ chart
    "chart_hint": Label(
        zh="点选任一程序，看做什么、谁来办、何时办、要哪些材料、依哪些条款。",
        en="Choose a procedure to see what happens, who acts, when, with which papers and by which articles.",
    ),
    "chart_keys": Label(
        zh="用键盘：Tab 或方向键选择，回车打开，Esc 关闭。",
        en="By keyboard: Tab or arrow keys, Enter opens, Escape closes.",
    ),
    "as_list": Label(zh="改为列表", en="Show as a list"),
    "as_chart": Label(zh="改为流程图", en="Show as a chart"),
    "key": Label(zh="图例", en="Key"),
    "stage": Label(zh="第{number}阶段", en="Stage {number}"),
    "procedure": Label(zh="程序 {number}，{label}", en="procedure {number}, {label}"),
    "beside": Label(zh="并排：不分先后，可同时进行", en="Side by side: in any order, or together"),
    "milestone": Label(zh=f"{GAIN} 此后为{{standing}}", en=f"{GAIN} from here on: {{standing}}"),
    "who": Label(zh="谁来办", en="Who"),
    "after": Label(zh="之前须完成", en="Comes after"),
    "chart_order": Label(zh="流程图的通常顺序", en="Usual order by the chart"),
    "first": Label(zh="这是第一项", en="nothing: this is the first"),
    "when": Label(zh="何时", en="When"),
    "no_when": Label(zh="没有单独的时限。", en="It has no time limit of its own."),
    "papers": Label(zh="材料", en="Papers"),
    "no_papers": Label(zh="不另外产生材料。", en="It leaves no papers of its own."),
    "rules": Label(zh="其他规定", en="Other rules"),
    "everywhere": Label(zh="与多数程序共有的规定", en="Rules that it shares with most procedures"),
    "forces": Label(zh="标签的含义", en="What the tags mean"),
    "to_question": Label(zh="‹ 回到第 {n} 题", en="‹ Back to question {n}"),
    "previous": Label(zh="上一项", en="Previous"),
    "next_one": Label(zh="下一项", en="Next"),
    "close": Label(zh="关闭", en="Close"),
    # ------------------------------------------------------------------------------ walk
    "step": Label(zh="第 {n} 步，共 {all} 步", en="Step {n} of {all}"),
    "back": Label(zh="上一步", en="Back"),
    "next": Label(zh="下一步", en="Next"),
    "again": Label(zh="从头再走", en="From the beginning"),
    "recorded": Label(zh=f"{SYMBOLS['done']} 予以登记", en=f"{SYMBOLS['done']} Recorded"),
    "facts": Label(zh="记录的内容", en="What was recorded"),
    "standing": Label(zh="此时的身份：", en="Standing now:"),
    "refused": Label(
        zh=f"{SYMBOLS['blocked']} 这样办，不予登记", en=f"{SYMBOLS['blocked']} Tried otherwise, and refused"
    ),
    "changed": Label(zh="与登记不同之处", en="What differs from the record"),
    "note": Label(zh="要点：", en="What to learn:"),
    "tried_on": Label(zh="试办日期：{day}", en="Tried on {day}"),
    "first_day": Label(zh="最早可办：{day}", en="First lawful day: {day}"),
    "no_first_day": Label(zh="单靠等待不能解决。", en="Waiting alone does not help."),
    "state_done": Label(zh="已完成", en="done"),
    "state_current": Label(zh="当前", en="current"),
    "state_later": Label(zh="尚未到", en="not yet"),
    "map": Label(zh="进度", en="Progress"),
    "walk_keys": Label(zh="用 ← → 键前后翻看。", en="The keys ← and → turn back and forth."),
    # ------------------------------------------------------------------------------ quiz
    "question": Label(zh="第 {n} 题，共 {all} 题", en="Question {n} of {all}"),
    "found_so_far": Label(zh="一次找对 {n} 题", en="Found at the first look: {n}"),
    "ask": Label(zh="下面哪一项有问题？只有一处。", en="Which act is not in order? There is exactly one."),
    "checked": Label(zh="前 {n} 项已经核对无误", en="The first {n} acts were found in order"),
    "checked_one": Label(zh="第 1 项已经核对无误", en="The first act was found in order"),
    "person": Label(zh="此人", en="The person"),
    "check": Label(zh="就是这一项", en="It is this one"),
    "choose_first": Label(zh="请先选一项。", en="Choose an act first."),
    "chosen": Label(zh="已选：{label}", en="Chosen: {label}"),
    "nothing_chosen": Label(zh="尚未选择", en="Nothing chosen yet"),
    "right": Label(zh=f"{SYMBOLS['done']} 对。", en=f"{SYMBOLS['done']} Right."),
    "wrong": Label(zh=f"{SYMBOLS['failed']} 不对，再看看。", en=f"{SYMBOLS['failed']} Wrong, look again."),
    "nothing_against": Label(zh="没有查出这一项有问题：{label}", en="Nothing was found against this one: {label}"),
    "shown": Label(zh="答案：", en="The answer:"),
    "show": Label(zh="看答案", en="Show the answer"),
    "next_question": Label(zh="下一题", en="Next question"),
    "to_score": Label(zh="看成绩", en="See the score"),
    "why": Label(zh="哪里不合", en="What is wrong"),
    "clause": Label(zh="规定", en="The rule"),
    "article": Label(zh="条款", en="Article"),
    "remedy": Label(zh="怎么改", en="What to do"),
    "act_wrong": Label(zh=f"{SYMBOLS['blocked']} 有问题", en=f"{SYMBOLS['blocked']} not in order"),
    "act_lawful": Label(zh=f"{SYMBOLS['done']} 没有查出问题", en=f"{SYMBOLS['done']} nothing was found against it"),
    "to_card": Label(zh="查看程序卡片：{label}", en="See the card of {label}"),
    "score": Label(zh="成绩", en="Score"),
    "score_line": Label(zh="{all} 题中一次找对 {n} 题", en="{n} of {all} found at the first look"),
    "result_right": Label(zh=f"{SYMBOLS['done']} 一次找对", en=f"{SYMBOLS['done']} found at the first look"),
    "result_later": Label(zh=f"{SYMBOLS['again']} 再看后找对", en=f"{SYMBOLS['again']} found after looking again"),
    "result_shown": Label(zh=f"{SYMBOLS['failed']} 看了答案", en=f"{SYMBOLS['failed']} answer shown"),
    "start_over": Label(zh="重新开始", en="Start over"),
}
"""By what the page calls them. A name in braces is filled in by the page."""
