"""Staging: what an import would do is told before anything is written, and nothing doubtful is guessed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from pursuit.errors import InputError
from pursuit.intake import read_company, write_template
from pursuit.intake.cells.habits import Habits
from pursuit.intake.staging import stage

MORE = "O3,A2,P1,2,9000000,open,2026-02-01,\n"
FOREIGN = "Deal No,Client,Sum,State\nD1,가나,1000,won\nD2,다라,2000,open\n"
MAPPING = """
[company]
name = "시험정밀"
currency = "KRW"
vat_rate = 0.1
as_of = 2026-03-31

[files.deals]
file = "deals.csv"

[[sheets.opportunities]]
from = "deals"
id = "Deal No"
amount = "Sum"
outcome = { column = "State", words = { won = "won", open = "open" } }

[[sheets.resources]]
id.value = "MC"
name.value = "MC"
hours_per_week.value = 40
"""


def told(staged: Any) -> list[tuple[str, str, str]]:
    return [(step.name, step.action, step.earlier) for step in staged.steps]


def changed(staged: Any) -> list[tuple[str, str, tuple[Any, ...]]]:
    return [(change.sheet.name, change.action, change.key) for change in staged.changes]


def test_staging_writes_nothing(bring: Any, sound: dict[str, str], now: datetime, tmp_path: Path) -> None:
    """Before publishing there is not even a folder; after it the binder reads as the files do."""
    staged = bring(sound)
    assert not (tmp_path / "firm").exists()
    assert staged.errors == ()
    assert {step.action for step in staged.steps} == {"new"}
    assert {change.action for change in staged.changes} == {"added"}
    version = staged.publish(now)
    assert (version.number, version.counts["opportunities"]) == (1, 2)
    directly = read_company(tmp_path / "incoming").company
    assert read_company(tmp_path / "firm").company.content_hash == directly.content_hash == version.company


def test_the_same_bytes_change_nothing(
    bring: Any, first: Any, sound: dict[str, str], snapshot: Callable[[], Any], now: datetime
) -> None:
    """The same files again, even under other names, write nothing, not even a time."""
    before = snapshot()
    again = bring(sound)
    assert {step.action for step in again.steps} == {"already"}
    assert again.is_unchanged
    assert again.changes == ()
    assert again.publish(now.replace(year=2030)) == first
    renamed = bring({"우리 기회 (최종).csv": sound["opportunities"]})
    assert told(renamed) == [("우리 기회 (최종).csv", "already", "opportunities.csv")]
    assert renamed.publish(now) == first
    assert snapshot() == before


def test_an_update_tells_field_by_field(
    bring: Any, first: Any, sound: dict[str, str], snapshot: Callable[[], Any], now: datetime, tmp_path: Path
) -> None:
    """A new file of the same name: what is added, changed and removed is told first and holds after."""
    before = snapshot()
    text = sound["opportunities"].replace("30,000,000", "31,000,000").splitlines(keepends=True)
    staged = bring({"opportunities": "".join(text[:2]) + MORE})
    assert snapshot() == before
    assert changed(staged) == [
        ("opportunities", "removed", ("O2",)),
        ("opportunities", "changed", ("O1",)),
        ("opportunities", "added", ("O3",)),
    ]
    (field,) = staged.changes[1].fields
    assert (field.column.name, field.old.amount, field.new.amount) == ("amount", 30_000_000, 31_000_000)
    assert staged.publish(now).number == 2
    assert [o.id for o in read_company(tmp_path / "firm").company.opportunities] == ["O1", "O3"]


def test_errors_stop(
    bring: Any, first: Any, sound: dict[str, str], snapshot: Callable[[], Any], now: datetime
) -> None:
    """With an error, everything found is told and publishing is refused with it; the binder stays as it is."""
    before = snapshot()
    staged = bring(
        {"opportunities": sound["opportunities"].replace("2026-01-05", "03/04/2026") + "O1" + MORE[2:]}
    )
    assert len(staged.errors) == 2
    with pytest.raises(InputError) as refusal:
        staged.publish(now)
    assert refusal.value.faults == staged.errors
    assert snapshot() == before


def test_warnings_stand(bring: Any, sound: dict[str, str], now: datetime, tmp_path: Path) -> None:
    """A warning does not stop publishing, is kept with the version and stands on what is read."""
    version = bring(
        sound | {"company": sound["company"].replace(",vat_rate", "").replace(",10%", "")}
    ).publish(now)
    assert len(version.warnings) == 1
    assert version.warnings[0] in read_company(tmp_path / "firm").company.notes


def test_names_are_the_same_however_spelled(bring: Any, first: Any, now: datetime) -> None:
    """A file name that a system took apart (NFD) or capitalised is the same name."""
    bring({"거래.csv": FOREIGN}).publish(now)
    again = bring({unicodedata.normalize("NFD", "거래.CSV"): FOREIGN + "D3,마,1,won\n"})
    assert (again.doubts, [step.action for step in again.steps]) == ((), ["replaces"])


def test_a_sheet_of_ours_replaces_its_like(bring: Any, first: Any, sound: dict[str, str]) -> None:
    """The same sheet of ours with the same columns takes its own place, whatever language its file is named in."""
    staged = bring({"영업기회": sound["opportunities"] + MORE})
    assert told(staged) == [("영업기회.csv", "replaces", "opportunities.csv")]
    assert changed(staged) == [("opportunities", "added", ("O3",))]


def test_a_sheet_of_ours_with_other_columns_is_asked_about(
    bring: Any, first: Any, sound: dict[str, str], now: datetime
) -> None:
    """A sheet that the binder has in another file, with other columns, cannot stand beside it and is not guessed."""
    other = {"영업기회": sound["opportunities"].replace("product,", "", 1).replace("P1,", "")}
    asked = bring(other)
    assert [(doubt.name, doubt.alike) for doubt in asked.doubts] == [("영업기회.csv", ("opportunities.csv",))]
    assert "--replaces opportunities.csv" in asked.errors[0].mend
    told_so = bring(other, replaces={"영업기회.csv": "opportunities.csv"})
    assert told_so.errors == ()
    assert {field.column.name for change in told_so.changes for field in change.fields} == {"product"}


def test_a_like_file_of_another_name_is_asked_about(
    bring: Any, first: Any, sound: dict[str, str], now: datetime, tmp_path: Path
) -> None:
    """The same columns under a name that says nothing: an error until it is told, then done as told."""
    other = {"april.csv": FOREIGN.replace("2000", "2500")}
    bring({"deals.csv": FOREIGN}).publish(now)
    asked = bring(other)
    assert [(doubt.name, doubt.alike) for doubt in asked.doubts] == [("april.csv", ("deals.csv",))]
    assert [fault.file for fault in asked.errors] == ["april.csv"]
    replaced = bring(other, replaces={"april.csv": "deals.csv"})
    assert (told(replaced), replaced.errors) == ([("april.csv", "replaces", "deals.csv")], ())
    beside = bring(other, beside=True)
    assert (told(beside), beside.errors) == ([("april.csv", "new", "")], ())
    names = [source.name for source in beside.publish(now).sources]
    assert {"deals.csv", "april.csv"} <= set(names)
    assert len(bring({"may.csv": FOREIGN + "D3,a,1,won\n"}, beside={"may.csv"}).errors) == 0


def test_a_told_name_must_be_there(bring: Any, first: Any, sound: dict[str, str]) -> None:
    """--replaces and --drop with names that are not there are refused."""
    new = {"x.csv": FOREIGN}
    assert "opportunities.csv" in bring(new, replaces={"x.csv": "nothing.csv"}).errors[0].mend
    assert bring(new, replaces={"y.csv": "opportunities.csv"}).errors[0].file == "y.csv"
    assert bring(new, drop=["nothing.csv"]).errors[0].file == "nothing.csv"


def test_a_dropped_file_takes_its_records(
    bring: Any, first: Any, sound: dict[str, str], now: datetime
) -> None:
    """A file left out is told with every record that goes; what others point to is an error."""
    staged = bring({}, drop=["options.csv"])
    assert told(staged) == [("options.csv", "dropped", "")]
    assert changed(staged) == [("options", "removed", ("O1", "standard"))]
    assert "options" not in staged.publish(now).counts
    assert bring({}, drop=["resources.csv"]).errors


def test_two_of_one_content_are_refused(bring: Any, first: Any, sound: dict[str, str]) -> None:
    """The same bytes twice, in one import or beside an earlier file, would count every record twice."""
    assert "byte for byte" in bring({"a.csv": FOREIGN, "b.csv": FOREIGN}).errors[0].problem
    text = sound["accounts"]
    assert any("byte for byte" in fault.problem for fault in bring({"products": text}).errors)


def test_two_files_may_change_places(bring: Any, first: Any, sound: dict[str, str], now: datetime) -> None:
    """Names go before contents: two files that exchange their contents replace each other."""
    bring({"a.csv": FOREIGN, "b.csv": FOREIGN + "D3,x,1,won\n"}).publish(now)
    staged = bring({"b.csv": FOREIGN, "a.csv": FOREIGN + "D3,x,1,won\n"})
    assert sorted(told(staged)) == [("a.csv", "replaces", "a.csv"), ("b.csv", "replaces", "b.csv")]
    assert staged.publish(now).number == 3


def test_the_mapping_is_an_original(bring: Any, now: datetime, tmp_path: Path) -> None:
    """A mapping stays in the binder, reads later files, also one of another name, and can be replaced."""
    version = bring({"deals.csv": FOREIGN, "mapping.toml": MAPPING}).publish(now)
    assert [source.role for source in version.sources] == ["data", "mapping"]
    assert [o.id for o in read_company(tmp_path / "firm").company.opportunities] == ["D1", "D2"]
    staged = bring({"april.csv": FOREIGN + "D3,나,5,open\n"}, replaces={"april.csv": "deals.csv"})
    assert (staged.errors, changed(staged)) == ((), [("opportunities", "added", ("D3",))])
    staged.publish(now)
    assert len(read_company(tmp_path / "firm").company.opportunities) == 3
    renamed = bring({"ours.toml": MAPPING.replace("시험정밀", "시험공업")})
    assert told(renamed) == [("ours.toml", "replaces", "mapping.toml")]
    assert [field.new for change in renamed.changes for field in change.fields] == ["시험공업"]
    assert bring({"a.toml": MAPPING, "b.toml": MAPPING + "\n"}).errors


def test_a_mapping_left_beside_a_file_comes_with_it(bring: Any, now: datetime, tmp_path: Path) -> None:
    """What ``pursuit map`` remembered is found; once the binder holds a mapping, another one is not slipped in."""
    bring({"deals.csv": FOREIGN})
    (tmp_path / "incoming" / "deals.mapping.toml").write_text(MAPPING, encoding="utf-8")
    staged = stage([tmp_path / "incoming" / "deals.csv"], tmp_path / "firm")
    assert told(staged) == [("deals.csv", "new", ""), ("deals.mapping.toml", "new", "")]
    staged.publish(now)
    bring({"more.csv": "a,b\n1,2\n"})
    (tmp_path / "incoming" / "more.mapping.toml").write_text(MAPPING.replace("deals", "more"), "utf-8")
    assert told(stage([tmp_path / "incoming" / "more.csv"], tmp_path / "firm")) == [("more.csv", "new", "")]


def test_the_day_told_stays_and_is_told_again(
    bring: Any, sound: dict[str, str], now: datetime, tmp_path: Path
) -> None:
    """A day told once is used when the binder is read, and warned of when other files come in without a day."""
    bring(sound, as_of=date(2026, 3, 30)).publish(now)
    assert read_company(tmp_path / "firm").company.as_of == date(2026, 3, 30)
    assert bring(sound).is_unchanged
    staged = bring({"opportunities": sound["opportunities"] + MORE})
    assert ["2026-03-30" in fault.problem for fault in staged.warnings] == [True]
    moved = bring(sound, as_of=date(2026, 4, 1))
    assert not moved.is_unchanged
    assert moved.publish(now).as_of == date(2026, 4, 1)


def test_how_days_are_written_is_kept(
    bring: Any, sound: dict[str, str], now: datetime, tmp_path: Path
) -> None:
    """What was told of the files to read them is told once, and holds when the binder is read."""
    files = sound | {"opportunities": sound["opportunities"].replace("2026-01-05", "03/04/2025")}
    assert bring(files).errors
    bring(files, habits=Habits(dates="dmy")).publish(now)
    assert read_company(tmp_path / "firm").company.opportunities[0].created == date(2025, 4, 3)
    assert bring(files).is_unchanged
    moved = bring(files, habits=Habits(dates="mdy"))
    assert [field.new for change in moved.changes for field in change.fields] == [date(2025, 3, 4)]


def test_most_of_a_kind_going_is_warned_of(
    bring: Any, first: Any, sound: dict[str, str], now: datetime
) -> None:
    """A file that holds only what is new is asked about before its records go."""
    text = sound["opportunities"]
    rows = [f"N{n},A1,P1,{n + 1},{n + 1}000000,open,2026-01-{n + 1:02},\n" for n in range(10)]
    bring({"opportunities": text + "".join(rows)}).publish(now)
    few = bring({"opportunities": "".join(text.splitlines(keepends=True)[:2])})
    assert sum("11" in fault.problem for fault in few.warnings) == 1
    most = bring({"opportunities": text + "".join(rows[:8])})
    assert not any("would go" in fault.problem for fault in most.warnings)


def test_what_was_looked_at_is_what_is_published(
    bring: Any, first: Any, sound: dict[str, str], now: datetime, tmp_path: Path
) -> None:
    """A file changed after staging does not slip in; what was staged before another published is refused."""
    late = bring({"opportunities": sound["opportunities"] + MORE})
    (tmp_path / "incoming" / "opportunities.csv").write_text("spoiled")
    early = stage([], tmp_path / "firm", drop=["options.csv"])
    assert late.publish(now).counts["opportunities"] == 3
    with pytest.raises(InputError, match="changed since"):
        early.publish(now)
    assert len(read_company(tmp_path / "firm").company.opportunities) == 3


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_what_cannot_be_imported(sound: dict[str, str], tmp_path: Path, first: Any, lang: str) -> None:
    """Nothing there, an empty folder, a binder as a file, a folder of other things as a binder: each is told."""
    empty, other = tmp_path / "empty", tmp_path / "other"
    for folder in (empty, other):
        folder.mkdir()
    (other / "holiday.jpg").write_text("x")
    firm = tmp_path / "firm"
    for paths, into in (([tmp_path / "no.csv"], firm), ([empty], firm), ([firm], firm), ([], other)):
        (fault,) = stage(paths, into, lang=lang).errors
        assert fault.file
        assert fault.mend
        assert any("가" <= letter <= "힣" for letter in fault.problem) == (lang == "ko")


def test_the_own_workbook_comes_with_its_mapping(tmp_path: Path, now: datetime) -> None:
    """The workbook that ``pursuit map`` left beside a file comes in with the mapping that names it; nobody names it."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "deals.csv").write_text(FOREIGN, encoding="utf-8")
    write_template(source / "deals-firm.xlsx", "en")
    (source / "deals.mapping.toml").write_text('own = ["deals-firm.xlsx"]\n' + MAPPING, encoding="utf-8")
    staged = stage([source / "deals.csv"], tmp_path / "firm")
    assert staged.errors == ()
    assert {step.name for step in staged.steps} == {"deals.csv", "deals.mapping.toml", "deals-firm.xlsx"}
    staged.publish(now)
    assert len(read_company(tmp_path / "firm").company.opportunities) == 2
