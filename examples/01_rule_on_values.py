"""Rule on values alone: no database, no command, no clock.

An application comes eleven days too early. The ruling says which article stands in the way and from which day on it
does not; on that day the same application is admitted. Nothing is stored anywhere: a case goes in, a ruling comes out.
"""

from datetime import date

import recruitment
from recruitment import sentence
from recruitment.presentation.findings.citations import cite
from recruitment.record.acts import Apply, File

# The rulebooks of record, read once and shared by all files.
editions = recruitment.load_rulebooks()

# A file is a frozen value. What is left out is unknown, and unknown is never taken for met.
file = File(id="2026-0003", name="申请人丙", born=date(2008, 11, 12))
case = recruitment.open_case(editions, file)

# The letter arrives eleven days before the eighteenth birthday. The day of today is yours to say.
letter = Apply(on=date(2026, 11, 1), tie="study", unit="with_organization", papers=("application_letter",))
ruling = recruitment.judge(editions, case, letter, today=date(2026, 11, 1))

print("admitted:", ruling.admitted)
# prints: admitted: False

# A ruling holds every finding, not only the first that failed.
for finding in ruling.findings:
    print(finding.rule.code, finding.value)
# prints: not-in-future met
# prints: once met
# prints: age-18 unmet
# prints: right-organization met
# prints: application-in-writing met

# Those that refuse the act can be told in words, with their article, in either language.
rulebook = editions.named(ruling.edition)
for finding in ruling.barring:
    print(cite(finding, rulebook, "en"))
    print(sentence(finding, rulebook, "en"))
    print(sentence(finding, rulebook, "zh"))
# prints: art. 5 of the 2026 edition
# prints: Not met: the applicant is at least eighteen years old on the day of the application. Counted from 2008-11-12 (date of birth), so lawful from 2026-11-12; dated 2026-11-01.
# prints: 未满足：递交入党申请书的当天，申请人已经年满十八岁。自2008年11月12日（出生日期）起算，2026年11月12日起合规，记为2026年11月1日。

# When would it do?
day = recruitment.first_lawful_day(editions, case, letter, today=date(2026, 11, 1))
print("first possible day:", day)
# prints: first possible day: 2026-11-12

# On that day it is admitted, and the ruling gives the case that follows. The first case is as it was.
again = Apply(on=date(2026, 11, 12), tie="study", unit="with_organization", papers=("application_letter",))
ruling = recruitment.judge(editions, case, again, today=date(2026, 11, 12))
following = ruling.following(editions)
print("admitted:", ruling.admitted)
print("standing:", following.standing)
print("acts before and after:", len(case.acts), len(following.acts))
# prints: admitted: True
# prints: standing: applicant
# prints: acts before and after: 0 1
