"""Pictures: a plate of the rulebooks, and the progress of a file, as values that a program or a notebook can show.

DOT and Mermaid are text and need nothing else. `svg()`, `png()`, `pdf()` and `html()` draw, and need Graphviz
(`pip install 'member-development[draw]'`); a notebook shows a picture by itself. All data is invented.
"""

from datetime import date

import recruitment
from recruitment.record.acts import Apply, File

editions = recruitment.load_rulebooks()

# A plate by its name, in Chinese or English, for the edition that is named; the newest where none is.
picture = recruitment.picture(editions, "course", lang="en", edition="2014")
print(picture.plate.title, "·", picture.plate.subtitle)
# prints: From application to full member · 5 stages · 25 procedures · 2014 edition
print(picture.about)
# prints: The whole course: five stages, 25 procedures, what must come first and what runs side by side

# As text: DOT for Graphviz, and a flowchart for whatever shows Mermaid.
print(picture.dot.splitlines()[0])
# prints: digraph course {
print(picture.mermaid().splitlines()[3])
# prints: flowchart TB

# What stands on it are plain values.
first = picture.plate.nodes[0]
print(first.number, first.name, first.lines)
# prints: 1 application submitted ('★ applicant',)

# The progress of a file is drawn from its case, as it stands on a day. No name and no id is on it.
case = recruitment.open_case(editions, File(id="2026-0001", born=date(2001, 5, 4)))
act = Apply(on=date(2026, 9, 1), tie="study", unit="with_organization", papers=("application_letter",))
case = recruitment.judge(editions, case, act, today=date(2026, 9, 1)).following(editions)
progress = recruitment.picture(editions, "file", lang="en", case=case, today=date(2026, 9, 20))
for node in progress.plate.nodes[:3]:
    print(node.number, node.look)
# prints: 1 done
# prints: 2 due
# prints: 3 later

# A name that is not known is one sentence with a way out.
try:
    recruitment.picture(editions, "curse")
except recruitment.BadInput as error:
    print(error)
# prints: plate: there is no plate curse; did you mean course?
