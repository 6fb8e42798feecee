"""The help in Chinese: a line and a text for each command, a sentence for each option, and the parser's own messages.

A sentence of an option holds for all commands that have one of that name; that of one command alone stands under
`command.option`. Options of evidence have none: what they take is said by the names of their choices.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WHOLE: Final = """发展党员工作流程：5个阶段、25个步骤；每一步都依条款判断，每一次不予登记都列出全部理由。

各命令共用的选项：--今天 日期、--台账 文件、--语言 中文 或 英文、--数据格式，以及决定如何理解规则的\
 --规则理解 代码=取值、--放假安排 文件。

命令和选项可以用中文，也可以用代码；——日期、－－日期 与 --日期 一样。

退出码：0 已办；1 不予登记，或者结果无法输出；2 输入有误；3 与台账现状冲突。"""

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "open": (
        "凭入党申请建立档案",
        """凭入党申请（第1项）或者其他首项程序建立档案；没有首项程序，就没有档案。

recruitment 建档 2026-0001 --姓名 申请人甲 --出生日期 2001-05-04 --党支部 名称=示例第一党支部 --日期 2026-09-01 \
--与所申请组织的关系 学习 --学习单位 有党组织 --材料 入党申请书""",
    ),
    "advance": (
        "在档案中登记一项程序",
        """规则允许的，在档案中登记一项程序。程序可以写名称、序号（1至25）或者代码；各项程序要填什么，\
见 recruitment 手续 程序，或者 recruitment 登记 档案 程序 --帮助。

内容用选项填写，也可以放在一个文件中（--填写内容文件）；在终端上，缺少的会逐项询问。

recruitment 登记 2026-0001 谈话 --日期 2026-09-20 --谈话人 职务=支部书记

一次会议讨论几个人时，可以写几份档案：各自登记，或者 --一并登记（全部登记，否则都不登记）。各选项对所有档案有效，\
--各人内容 只对一份有效：

recruitment 登记 甲 乙 15 --日期 2026-09-20 --表决 应到=12,实到=11 --各人内容 甲:表决=赞成=10,反对=1 \
--各人内容 乙:表决=赞成=7,反对=4""",
    ),
    "correct": (
        "更正一条记录",
        """更正档案的一条记录（记录号见 recruitment 历史），或者档案的一个事项；任何内容都不会被删除。

所写的各栏代替原来的内容。以后各项重新判断，结果有变化的，写入以前先列出。

recruitment 更正 2026-0001 1 --日期 2026-09-20 --更正原因 日期笔误""",
    ),
    "why": (
        "问一项程序能否办理，不作登记",
        "逐条列出办理一项程序的条件，是否符合，依据哪一条；不作登记。\n\n不能办理的，退出码为1。",
    ),
    "show": ("看一份档案办到哪里", "看一份档案办到哪里：25个步骤，接下来办什么，什么已经逾期。"),
    "list": ("看台账中的全部档案", "列出台账中的档案：身份、阶段、最近一项、逾期和待办。"),
    "history": ("看一份档案的全部记录", "按先后列出一份档案的全部记录和当日的判断：依据哪一版，谁在何时记入。"),
    "rejudge": (
        "换一版规程再看一份档案",
        """用另一版规程再看一份档案，与当时的判断对照；不作登记。

不写 --版本 和 --地方规定 的，用现在的规程，可以看出规程改了什么。有不予登记的，退出码为1。

recruitment 换版复查 2026-0001 --版本 2026""",
    ),
    "plan": (
        "排出一份档案以后各项的日期",
        """排出一份档案以后各项程序最早、最迟的日期和依据；不作登记，也不预断会议和党委的决定。

期望无法实现，或者假设的程序不予登记的，退出码为1。

recruitment 计划 2026-0001 --开会日期 2027-03-26,2027-06-25

recruitment 计划 2026-0001 --期望日期 2027-09-24 --目标程序 15""",
    ),
    "due": (
        "到期和待办提醒",
        """列出谁的培养教育满一年、预备期满（提前60天，办了为止），以及已逾期、即将到期、应当及时办理和以后要办的事项。

recruitment 到期 --期限内 60d --分组方式 机关""",
    ),
    "audit": (
        "审查整份档案",
        """整份审查档案，写明什么不符合、依据哪一条、如何纠正。

路径可以是档案文件（JSON；- 为标准输入）、台账、支部名册（XLSX、XLS、CSV），或者存放这些文件的文件夹；不写的，\
审查台账。审查不改动任何内容。读不了的列出，其余照常审查。

退出码：0 没有不符合又未记明理由的事项，硬性规定也都能判断；1 有；2 有文件读不了。只有日期的名册只审日期，没有写的内容\
只是无法判断，不算问题。

recruitment 审查 名册.xlsx --格式 网页 --输出 报告.html""",
    ),
    "import": (
        "导入档案或者名册",
        """导入档案文件（JSON）或者名册（XLSX、CSV）。

逐项判断，全部写入，否则都不写入；用 --跳过不合规定 时，只写入没有问题的档案，退出码仍为1。名册一行一份档案，一栏一项\
程序，栏名写名称、序号或者代码；名册只有日期，所以须用 --据原档补录 写明理由。""",
    ),
    "template": (
        "写出空白台账",
        "写出可以填写的空白台账：栏目、下拉选项、日期格式、示例和填写说明。\n\nrecruitment 空白台账 --输出 台账.xlsx",
    ),
    "register": (
        "写出全程纪实表",
        """写出所列档案（不写的，全部档案）的全程纪实表：一人一行，有办理情况和接下来办什么。

导入和审查可以直接读这张表；读回没有改动过的表，台账不变。

recruitment 全程纪实表 --输出 全程纪实表.xlsx""",
    ),
    "export": (
        "导出档案",
        "导出所列档案（不写的，全部档案），成为一个档案文件（JSON）；输出名以 .xlsx 结尾的，为全程纪实表。",
    ),
    "verify": (
        "核对台账是否与登记时一样",
        """核对台账是否与登记时一样；不作登记。

每一条记录、每一份档案和各项设置都与链条核对，每份档案重新走一遍。有与登记时不同的，逐处指出，退出码为1。

把 --核对行 打印的一行抄在纸上，或者存在别处：整个台账被重做，或者换成了旧的副本，用它可以查出。""",
    ),
    "settings": (
        "看台账的设置，或者更改设置",
        """看台账依据什么登记，或者更改；每次更改都作为一条记录留存，从此起适用。

规则理解、放假安排和地方规定决定以后登记的各项如何判断，以前登记的不再重新判断；党支部情况在建档时自动填入；今天是哪一天按时区确定。

recruitment 设置 --党支部 名称=示例第一党支部,有支部委员会=是""",
    ),
    "backup": (
        "备份台账",
        """把台账备份成一个新文件，只有本人能读；备份期间别人照常办理。

备份文件核对无误才算完成；已有的文件不会被覆盖。台账在数据库服务器上的，请用服务器自带的备份工具。""",
    ),
    "restore": (
        "从备份恢复台账",
        """用备份文件恢复台账；原台账改名保存，不会删除。

先核对备份文件，与登记时不一样的不予恢复；备份文件本身不变。台账在数据库服务器上的，请用服务器自带的恢复工具。""",
    ),
    "merge": (
        "并入另一台账的档案",
        """把另一台账的档案接在本台账之后，登记时依据的规程、判断、登记人和时间都照原样保留。

两边同样的记录不再登记，接着办的续上。同一编号而记录不同的，逐份指出；有一份不同，就全部不并入。

用 --跳过不同档案 可以只并入其余档案，退出码仍为1。并入前先核对另一台账，另一台账本身不变。

recruitment 合并 第二支部台账 --试导入""",
    ),
    "agenda": (
        "支部全年安排，哪份档案上哪次会",
        """支部全年安排一张表：会议和任务，哪次会议要讨论哪份档案。

日程与时限不能两全的，予以提醒。会议的决定由会议作出，这里只说什么时候可以、最迟什么时候。

recruitment 年度安排 --起日 2027-01-01 --止日 2027-12-31""",
    ),
    "calendar": (
        "把时限和会议导出为日历",
        """把所列档案（不写的，全部档案）的时限和支部全年安排写成日历文件（.ics）。

再次导出会更新原来的日程；已办的，在原来的日历文件（被替换的，或者 --原日历 所写的）中有的才取消。""",
    ),
    "figures": ("上报用的统计数字", "上报用的统计数字：各阶段、各身份的档案数，用时，到期和逾期。"),
    "rules": (
        "查规则和条款",
        """查规则：代码、效力、程序、条款和大意。

写“对照”的，对照两版规程，成为一张表或者一个网页：

recruitment 规则 对照 2014 2026 --输出 对照.html""",
    ),
    "acts": (
        "看有哪些程序，各要填什么",
        """列出全部程序：序号、名称、谁办；主线以外的另列。写明一项程序的，列出这项程序要填的每一栏、可以写什么、哪条规则\
要求，并给出一个可以照用的例子。

recruitment 手续 谈话""",
    ),
    "diagram": (
        "画流程图，或者一份档案的进度",
        """画流程和规则的图，或者一份档案的进度：已办、可办、待办、未办、已终止。

格式：svg、png、pdf 由 Graphviz 绘制；html 是可以打印的网页；dot 和 mermaid 是文本。""",
    ),
    "train": (
        "写出培训网页",
        """写出培训网页：流程图和各项说明，走一遍完整的档案，再做测验。

网页中英文都有，任何浏览器都能打开，不需要网络；--语言 决定先显示哪一种。其中人物都是虚构的，不读台账。""",
    ),
    "demo": (
        "用虚构的档案演示一遍",
        "用一份虚构的档案从申请走到正式党员，演示一次不予登记，并画一张图。\n\n演示另用台账，不碰您的台账。",
    ),
    "completion": ("打印命令补全脚本", 'SHELL 的命令补全脚本：eval "$(recruitment completion bash)"。'),
}

OPTIONS: Final[Mapping[str, str]] = {
    "help": "显示帮助。",
    "version": "显示版本号。",
    "json": "以 JSON 回答。",
    "lang": "用哪种语言回答；不写的，依系统语言。",
    "db": "台账：一个文件，或者 postgresql://… [环境变量 RECRUITMENT_DB]。",
    "today": "以哪一天为今天 [环境变量 RECRUITMENT_TODAY]。",
    "settings.policy": "条文有不同理解时选定一种，见 规则 --可选理解；可以写几次。",
    "settings.workdays": "内置日历以外的放假和调休；写 无 则取消。",
    "settings.local": "本单位的地方规定，全文存入台账；再次写入则替换；可以写几次。",
    "without": "去掉一个地方规定，写文件夹名；可以写几次。",
    "settings.branch": "党支部情况，此后建档时自动填入。",
    "zone": "今天是哪一天所依据的时区。",
    "policy": "条文有不同理解时另选一种，见 规则 --可选理解；可以写几次 [环境变量 RECRUITMENT_POLICIES，用逗号分开]。",
    "workdays": "内置日历以外的放假和调休 [环境变量 RECRUITMENT_WORKDAYS]。",
    "local": "本单位的地方规定，档案写明的才适用；可以写几次 [环境变量 RECRUITMENT_LOCAL]。",
    "by": "谁记入；不写的，为登录名。",
    "due.by": "按档案、办理机关或者周分组；不写的，按缓急。",
    "plan.by": "希望在哪一天办 --目标程序，由此倒推。",
    "plan.for": "希望办的程序；不写的，为下一项决定身份的程序。",
    "evidence": "内容文件（JSON）；- 为标准输入。",
    "reason-for": "不合某条规则的理由；可以写几次。",
    "open.name": "申请人姓名。",
    "names": "显示或者不显示姓名；不写的，在终端上显示，输出到别处的不显示。",
    "audit.names": "显示姓名。",
    "calendar.names": "在日程中写入姓名。",
    "born": "出生日期。",
    "mobile": "是流动人员。",
    "open.edition": "固定用一版规程；不写的，依各项日期。",
    "rejudge.edition": "每一项都依这一版；不写的，依档案写明的。",
    "rules.edition": "只看一版；不写的，全部。",
    "acts.edition": "哪一版；不写的，现行的一版。",
    "diagram.edition": "画哪一版，连同地方规定写作 2014+guizhou-2015；不写的，现行的一版。",
    "train.edition": "讲哪一版；不写的，现行的一版。",
    "overlay": "连同这一地方规定；可以写几次。",
    "rejudge.overlay": "用这一地方规定代替档案写明的，或者写 none 不用；可以写几次。",
    "member-of": "所属群团组织，如 共青团。",
    "student": "是不是学生。",
    "registered-at-school": "学生的户籍是否在学校。",
    "open.on": "首项程序的日期。",
    "advance.on": "办理这项程序的日期。",
    "correct.on": "这项程序正确的日期。",
    "why.on": "准备在哪一天办；不写的，今天。",
    "open.act": "从哪一项程序开始：递交入党申请书、直接接收、追认。",
    "rules.act": "只看说到这项程序的规则。",
    "each": "几份档案中一份的内容；可以写几次。",
    "together": "几份档案：全部登记，否则都不登记。",
    "expected": "查看时档案已有几项。",
    "again": "同日同内容的一项，再登记一次。",
    "no-input": "在终端上也不提问。",
    "correct.why": "为什么更正；每次更正都要写。",
    "strike": "作废这条记录；历史中仍然可见。",
    "unset": "不应当填写的一栏；可以写几次。",
    "fact": "不写记录号，更正档案的一个事项：姓名、出生日期、党支部、是否流动人员、曾受开除党籍处分的日期。",
    "corrected-on": "更正的日期；不写的，今天。",
    "correct.as-it-was": "以后某一项因此不合规定也写入，写明理由；不合规定之处保留并标明。",
    "import.as-it-was": "原来不合规定的，如实补录，写明理由；不合规定之处保留并标明。只限建档以前的程序。",
    "yes": "直接写入；不写的，先列出变化再询问。",
    "advice": "也列实务提示。",
    "history.all": "也列符合的规则（JSON 总是列出）。",
    "audit.all": "也列符合的规则。",
    "overdue": "只列有逾期的档案。",
    "waiting": "只列有事项待办的档案。",
    "away": "也列已经转出的人。",
    "standing": "只列这种身份的档案。",
    "meetings": "支部大会的日期，用逗号分开；其他会议写 机关=日期,…；或者写年度文件。",
    "what-if": "假设已经办了这一项，再排；也可以写 JSON。按先后写几次。",
    "within": "多少天以内算即将到期：30天、4周，或者只写天数。",
    "audit.format": "以什么形式回答；不写的，为表格。",
    "rules.format": "对照时：成为网页；不写的，依输出名的结尾。",
    "diagram.format": "不写的，依输出名的结尾；没有的，为 svg。",
    "unknown": "逐条列出无法判断的；不写的，每份档案只占一行。",
    "practice": "也列规则以外审查时常看的，以及全部实务提示。",
    "jobs": "分成几个进程同时审查。",
    "audit.sheet": "工作簿中的哪一张；不写的，所有名册。",
    "import.sheet": "工作簿中的哪一张；不写的，唯一的一张。",
    "dry-run": "只判断，不写入。",
    "on-trust": "无法判断的硬性规定和不完整的档案也予导入，写明理由。",
    "skip-refused": "不予登记的档案不导入，其余导入。",
    "output": "写到哪里；不写的，打印出来。",
    "backup.output": "写到哪里；不写的，放在台账旁边，文件名带日期。",
    "restore.yes": "不询问，原台账直接改名保存。",
    "merge.dry-run": "只核对，不并入。",
    "skip-conflicts": "记录不同的档案不并入，其余并入。",
    "template.output": "写到哪里；文件名以 .xlsx 结尾。",
    "register.output": "写到哪里；文件名以 .xlsx 结尾。",
    "audit.output": "写到哪里；不写的，打印出来，xlsx 除外。",
    "figures.output": "写成电子表格（.xlsx）。",
    "rules.output": "对照时：网页写到哪里。",
    "force": "已有这个文件的，直接替换，不再询问。",
    "anchor": "单写：打印以后核对本台账用的一行。写上这一行：据以核对。",
    "from": "第一天；不写的，今天。",
    "to": "最后一天；不写的，当年年底。",
    "year": "本支部的年度文件，写法见 year.toml。",
    "duties": "连同支部的其他经常性任务。",
    "meetings-only": "不列支部的其他经常性任务。",
    "remind": "提前几天提醒，上午九点响铃；写 无 则不提醒。",
    "earlier": "以前导出的日历，已办的从中撤去；不写的，为被替换的那个文件。",
    "no-duties": "只要各档案的时限，不要支部全年安排。",
    "check": "重新读一遍规程并检查，说明是否无误。",
    "policies": "条文有不同理解之处，可以选什么。",
    "plate": "画哪张图，见下；不写的，全流程图；写了档案的，为其进度。",
    "paper": "缩放到一张横放的纸上；不写的，原大。",
    "id": "在图上写档案编号。",
    "seed": "用哪一组例子；同一组，同一个网页。",
    "questions": "测验有几道题。",
    "into": "台账和图放在哪里；不写的，新的临时文件夹。",
}

METAVARS: Final[Mapping[str, str]] = {
    "COPY": "备份文件",
    "OTHER": "另一台账",
    "FILE": "档案",
    "FILE…": "档案…",
    "[FILE…]": "[档案…]",
    "[FILE]": "[档案]",
    "ACT": "程序",
    "[ACT]": "[程序]",
    "[INDEX]": "[记录号]",
    "PATH…": "路径…",
    "[PATH…]": "[路径…]",
    "[RULE… | diff OLD NEW]": "[规则… | 对照 旧版 新版]",
}
"""Arguments as the line of usage shows them."""

VALUES: Final[Mapping[str, str]] = {
    "DATE": "日期",
    "TEXT": "文字",
    "NAME": "名称",
    "N": "数字",
    "INTEGER": "数字",
    "FILE": "文件",
    "FOLDER": "文件夹",
    "PATH": "路径",
    "REASON": "理由",
    "ACT": "程序",
    "KEY": "栏目",
    "KEY=VALUE": "栏目=内容",
    "CODE=VALUE": "代码=取值",
    "RULE=TEXT": "规则=理由",
    "FILE:KEY=VALUE": "档案:栏目=内容",
    "ACT=DATE[:OUTCOME]": "程序=日期[:结果]",
    "DAYS": "日期,…",
    "TIME": "时间",
    "LINE": "核对行",
    "yes|no": "是|否",
    "youth_league,…": "组织,…",
}
"""What an option takes, as it stands behind the option."""

MESSAGES: Final[Mapping[str, str]] = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Aborted!": "已停止。",
    "Error: {message}": "错误：{message}",
    "Error: invalid input": "错误：请回答 y（是）或 n（否）",
    "Error: The two entered values do not match.": "错误：两次输入不一致",
    "Try '{command} {option}' for help.": "用法详见 {command} {option}",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少{param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Missing command.": "请写明命令。",
    "No such option {name!r}.": "没有“{name}”这个选项。",
    "No such option: {name}": "没有“{name}”这个选项。",
    "No such command {name!r}.": "没有“{name}”这个命令。",
    "Invalid value: {message}": "所写的内容不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 所写的内容不对：{message}",
    "Option {name!r} does not take a value.": "选项 {name} 后面不写内容。",
    "Argument {name!r} takes {nargs} values.": "参数 {name} 须写 {nargs} 个。",
    "Choose from:\n\t{choices}": "可以写：\n\t{choices}",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 之内。",
    "{value!r} is not a valid {number_type}.": "{value!r} 不是整数。",
    "{value!r} is not a valid boolean. Recognized values: {states}": "{value!r} 不是 yes 或 no。",
    "Could not open file {filename!r}: {message}": "文件 {filename} 打不开：{message}",
    "unknown error": "原因不明",
    "{name} {filename!r} does not exist.": "没有 {filename}。",
    "{name} {filename!r} is a file.": "{filename} 是文件。",
    "{name} {filename!r} is a directory.": "{filename} 是文件夹。",
    "{name} {filename!r} is not readable.": "{filename} 读不了。",
    "{name} {filename!r} is not writable.": "{filename} 写不了。",
    "default: {default}": "不写即 {default}",
    "required": "必填",
    "Show this message and exit.": "显示帮助。",
}
"""What the parser says by itself, by its English words."""

PLURALS: Final[Mapping[tuple[str, str], str]] = {
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"): "多写了 {args}",
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"): "是否指 {possibilities}？",
    ("Did you mean {possibility}?", "(Possible options: {possibilities})"): "是否指 {possibilities}？",
    (
        "Option {name!r} requires an argument.",
        "Option {name!r} requires {nargs} arguments.",
    ): "选项 {name} 后面要写内容。",
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."): "{value!r} 不在可用值之内（{choices}）。",
    (
        "{len_type} values are required, but {len_value} was given.",
        "{len_type} values are required, but {len_value} were given.",
    ): "须写 {len_type} 个，写了 {len_value} 个。",
    (
        "Takes {nargs} values but 1 was given.",
        "Takes {nargs} values but {len} were given.",
    ): "须写 {nargs} 个，写了 {len} 个。",
}
"""The same where the English words depend on a number."""
