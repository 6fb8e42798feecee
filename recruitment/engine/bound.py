"""A case bound to its editions: what is asked of a file on a day, by the edition that applies on that day. Pure.

The public calls take the editions and the case and make this value; what they call takes the value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct, field

from recruitment.base.errors import BadInput, nearest
from recruitment.base.label import Label
from recruitment.engine.applicable import applicable_edition
from recruitment.engine.compiled import CompiledRulebook, compiled_rulebook
from recruitment.engine.findings import FINAL, Asked, Check, Finding, Value
from recruitment.engine.machine_model import MachineModel, move, reason_for
from recruitment.engine.ruling import Ruling, next_case
from recruitment.law.comparisons import DateLimit
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.record.acts import Act, Correct, says_as_it_was
from recruitment.record.case import Case
from recruitment.record.checking import check_act, check_asked, redated


class BoundCase(Struct, frozen=True, eq=False, gc=False):  # one is made for each act asked
    """A case and the editions it is judged by; which of them applies on a day is looked up once for each day."""

    editions: Editions
    case: Case
    _known: dict[date | None, CompiledRulebook] = field(default_factory=dict)
    """The editions that were looked up, by the day that decides; None for a file that pins one."""

    def with_case(self, case: Case) -> BoundCase:
        """The same file with other acts; the editions that were looked up hold as long as it names the same."""
        one, other = self.case.file, case.file
        same = one is other or (one.edition == other.edition and one.overlays == other.overlays)
        return BoundCase(self.editions, case, self._known if same else {})

    def after(self, ruling: Ruling) -> BoundCase:
        """The case with the act of a ruling entered, whether lawful or not."""
        if ruling.recast is not None:
            return self.with_case(ruling.recast)
        compiled = self.compiled_on(ruling.act.on)
        return self.with_case(
            next_case(compiled, ruling.case, ruling.act, ruling.outcome, ruling.edge, stands=ruling.stands)
        )

    # ------------------------------------------------------------------------------ the edition

    def edition_on(self, day: date) -> Rulebook:
        """The edition that an act on that day is judged by: the pinned one or the one in force, local editions on it.

        Raises:
            BadInput: the file names an edition or a local edition that is not known.
        """
        return self.compiled_on(day).rulebook

    def edition_named(self, code: str) -> Rulebook:
        """The edition of that name, which judged something of this file.

        Raises:
            KeyError: there is none.
        """
        found = (known.rulebook for known in self._known.values() if known.rulebook.code == code)
        return next(found, None) or self.editions.named(code)

    def compiled_on(self, day: date) -> CompiledRulebook:
        """The edition for a day, ready to judge.

        Raises:
            BadInput: as `edition_on` does.
        """
        deciding = self._deciding_day(day)
        return self._known.get(deciding) or self._look_up(deciding)

    def _deciding_day(self, day: date) -> date | None:
        """The day that decides which edition applies on a day: that day itself; None where the file pins an edition.

        Under the policy `edition-of-act` "pinned" it is the day of the file's first act, for all of its acts.
        """
        case = self.case
        if case.file.edition is not None:
            return None
        return case.acts[0].on if self.editions.pinned and case.acts else day

    def _look_up(self, deciding: date | None) -> CompiledRulebook:
        found = compiled_rulebook(applicable_edition(self.editions, self.case.file, deciding))
        self._known[deciding] = found
        return found

    # ------------------------------------------------------------------------------ judging

    def judge(self, act: Act, *, today: date, on_trust: str | None = None, as_it_was: bool = False) -> Ruling:
        """Judge an act of the course, or beside it, on the case as of `today`, without recording it.

        Every rule that speaks of the act is judged, even where another rule refuses it; each finding carries what was
        compared and, for a limit of time, the first or last day on which it would be met. `on_trust` is the reason for
        which unknown bars are let through; with `as_it_was` an act that says for which reason it is recorded as it was
        is let through with its unmet bars.

        Raises:
            BadInput: the act is a correction, or it cannot be read as one of the edition's.
        """
        if isinstance(act, Correct):
            raise BadInput.of(
                "act",
                Label(
                    zh="更正要重新判断整份档案，请改用 judge_correction",
                    en="a correction has the whole file judged again; call judge_correction for it",
                ),
            )
        return self._ruling(self._model(act, today, on_trust, as_it_was=as_it_was))

    def ruling_on(
        self,
        act: Act,
        *,
        today: date,
        on_trust: str | None = None,
        judged: bool = True,
        presumed: bool = False,
        ahead: Callable[[str], Act | None] | None = None,
        as_it_was: bool = False,
    ) -> Ruling:
        """The ruling on an act as of `today`; `judged` and `presumed` are those of `MachineModel`.

        Raises:
            BadInput: the act cannot be read as one of the edition's: an outcome or an edition that does not exist.
        """
        return self._ruling(self._model(act, today, on_trust, judged, presumed, ahead, as_it_was=as_it_was))

    def _ruling(self, model: MachineModel) -> Ruling:
        edge, stands = move(model)
        rulebook = model.compiled.rulebook
        return Ruling(
            self.case,
            model.act,
            model.outcome,
            rulebook.code,
            rulebook.content_hash,
            model.findings,
            model.admitted,
            edge,
            stands,
        )

    def findings_on(self, act: Act, *, today: date) -> tuple[Finding, ...]:
        """The findings on an act as of `today`, without asking the machine to move: for plans and questions of time.

        Raises:
            BadInput: as `ruling_on` does.
        """
        model = self._model(act, today)
        model.may_move()
        return model.findings

    def last_days(self, act: Act, *, today: date) -> Iterator[tuple[Rule, Check]]:
        """What the rules that give the act a last day say of it as of `today`; nothing else is judged.

        Raises:
            BadInput: as `ruling_on` does.
        """
        compiled = self.compiled_on(act.on)
        limiting = compiled.limits.get((act.code, compiled.outcomes.get((act.code, act.outcome), "")))
        model = self._model(act, today) if limiting else None
        if not limiting or model is None or model.early:
            return
        for rule, evaluate in limiting:
            for check in evaluate(model):
                yield rule, check

    def judge_times(self, act: Act, *, today: date) -> Iterator[Finding]:
        """What the rules say as of `today` of the day and the place of an act, comparison by comparison: for plans.

        A rule that asks for papers as well is judged by its days alone, so that what the record does not hold yet
        hides no limit.

        Raises:
            BadInput: as `ruling_on` does.
        """
        model = self._model(act, today)
        compiled = model.compiled
        asked = Asked(compiled.rulebook.code, act.code, len(self.case.acts), act.on)
        for rule, evaluate in compiled.timely.get((act.code, model.outcome), ()):
            if model.early and rule.acts:
                continue
            for check in evaluate(model):
                value: Value = "met" if check.truth else "unknown" if check.truth is None else "unmet"
                force = check.force or rule.force
                excused = value == "unmet" and (force == "usual" or rule.excused_by_reason)
                reason = reason_for(act, rule.code) if excused else None
                yield Finding(rule, asked, force, value, check, reason)

    def first_lawful_day(self, act: Act, *, today: date, since: date | None = None) -> date | None:
        """The first day on which no limit of time refuses the act, or None where there is no such day.

        Papers, ballots, and what is still to be done before the act, are taken as they are: this answers when, not
        whether. There is no such day where the file has ended, a limit has passed, the act is done already, or the
        day from which the time would count is not known. The answer may lie before the act's own day, and under
        another edition. With `since` only the days from that one on are asked for.
        """
        check_act(act)
        check_asked(today)
        # No rule of time speaks of a day before everything the file already holds.
        day = min((entry.on for entry in self.case.happened), default=act.on)
        day = min(day, act.on) if since is None else since
        while True:
            findings = self.findings_on(redated(act, on=day, recorded=None), today=max(today, day))
            barring = [finding for finding in findings if finding.bars]
            if any(_never(finding, day) for finding in barring):
                return None
            ahead = [f.check.first_day for f in barring if f.value == "unmet" and f.check.first_day]
            later = max((first for first in ahead if first > day), default=day)
            if later == day:
                return day
            day = later

    def _model(
        self,
        act: Act,
        today: date,
        on_trust: str | None = None,
        judged: bool = True,
        presumed: bool = False,
        ahead: Callable[[str], Act | None] | None = None,
        *,
        as_it_was: bool = False,
    ) -> MachineModel:
        """The act as the machine moves it, under the edition that applies, as of `today`."""
        check_act(act)
        check_asked(today, on_trust)
        deciding = self._deciding_day(act.on)
        compiled = self._known.get(deciding) or self._look_up(deciding)
        for code in act.reasons or ():
            if code not in compiled.codes:
                raise _no_rule(act.code, code, compiled)
        entry = act.recorded
        return MachineModel(
            case=self.case,
            act=act,
            code=act.code,
            on=act.on,
            outcome=compiled.outcomes.get((act.code, act.outcome)) or compiled.outcome_of(act),
            machine=compiled.machine,
            recorded=today if entry is None or entry > today else entry,
            early=deciding is not None and not self.editions.covers(deciding),
            starts=None if deciding is None else compiled.rulebook.in_force,
            ahead=ahead,
            compiled=compiled,
            state=self.case.state.name,
            judged=judged,
            presumed=presumed,
            on_trust=on_trust,
            as_it_was=act.as_it_was if as_it_was and says_as_it_was(act) else None,  # type: ignore[arg-type]
        )


def _no_rule(act: str, code: str, compiled: CompiledRulebook) -> BadInput:
    """What is wrong with a reason that is given for a rule which the edition does not have."""
    near = nearest(code, compiled.codes)
    title = compiled.rulebook.title(near, "zh") if near else ""
    return BadInput.of(
        f"{act}: reasons.{code}",
        Label(
            zh=f"没有“{code}”这条规则" + (f"；是否指{title}？" if near else "，请用 recruitment 规则 查看"),
            en=f"there is no rule {code}" + (f"; did you mean {near}?" if near else "; see recruitment rules"),
        ),
    )


def _never(finding: Finding, day: date) -> bool:
    """Whether no later day would be lawful either, by this finding."""
    check = finding.check
    if finding.value == "unmet":
        passed = check.last_day is not None and check.last_day < day
        return passed or (check.note in FINAL and check.first_day is None)
    limit = finding.comparison
    return isinstance(limit, DateLimit) and limit.value == "on" and check.anchor is None
