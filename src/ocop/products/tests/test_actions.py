"""Products over time, codes, papers, photographs, marks; who sees what."""

from datetime import date, timedelta

import pytest

from ocop.accounts.enums import Role
from ocop.files.permissions import may_read
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.tests.factories import PersonFactory, ProducerFactory, officer, owner_of
from ocop.products import actions, queries
from ocop.products.models import Mark, Media, Paper, Product
from ocop.products.tests.factories import MarkFactory, PaperFactory, ProductFactory, stored_pdf, stored_photo
from ocop.rulebook.tests.factories import ProductGroupFactory, load_sets
from ocop.units.models import Succession, UnitCover
from ocop.units.tests.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db


def refused(call, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value.code


@pytest.fixture
def sets():
    return {row.number: row for row in load_sets(1, 14)}


def test_a_new_product_keeps_the_unit_of_its_day(sets):
    producer = ProducerFactory()
    owner = owner_of(producer)
    product = actions.open_product(producer, name="Cu đơ Thử", criteria_set=sets[1], by=owner)
    assert (product.unit, product.group.code, product.producer_on(), product.group_on()) == (
        producer.unit, "I", producer, sets[1].group,
    )  # fmt: skip
    assert refused(actions.open_product, producer, name="CU ĐƠ thử", by=owner) == "product.twice"
    assert refused(actions.open_product, producer, name=" ", by=owner) == "product.name"
    with pytest.raises(Forbidden):
        actions.open_product(producer, name="Khác", by=PersonFactory())


def test_a_set_of_another_group_is_refused_until_the_group_is_changed(sets):
    product = ProductFactory(group=sets[1].group)
    owner = owner_of(product.producer)
    assert refused(actions.choose_set, product, sets[14], by=owner) == "product.set_group"
    actions.change_group(product, sets[14].group, by=owner)
    row = actions.choose_set(product, sets[14], by=owner)
    assert (row.group, row.criteria_set, row.group_on(date(2026, 2, 1))) == (
        sets[14].group, sets[14], sets[1].group,
    )  # fmt: skip
    assert row.classifications.filter(valid_to__isnull=True).count() == 1


def test_a_product_goes_to_another_producer_and_the_past_stays():
    product, to = ProductFactory(), ProducerFactory()
    with pytest.raises(Forbidden):
        actions.transfer_product(product, to, by=owner_of(product.producer))
    row = actions.transfer_product(product, to, by=officer(product.unit), since=date(2026, 6, 1))
    assert [row.producer_on(date(2026, 5, 31)), row.producer_on(date(2026, 6, 1))] == [product.producer, to]


def test_stopping_needs_a_reason_and_is_dated():
    product = ProductFactory()
    owner = owner_of(product.producer)
    assert refused(actions.set_status, product, "stopped", by=owner) == "product.reason"
    row = actions.set_status(product, "stopped", by=owner, reason="Hết nguyên liệu")
    assert (row.is_active, row.standings.valid_on(clock.today()).get().reason) == (False, "Hết nguyên liệu")
    assert refused(actions.set_status, row, "stopped", by=owner, reason="Lại") == "product.status"


def test_the_commune_allots_codes_in_sequence_and_each_product_one():
    province = ProvinceFactory(code="42")
    commune = UnitFactory(code="18547", under=province)
    producer, by = ProducerFactory(unit=commune), officer(commune)
    first, second = ProductFactory(producer=producer), ProductFactory(producer=producer)
    year = clock.today().year
    codes = [actions.allot_code(row, by=by).code for row in (first, second, first)]
    assert codes == [f"42-18547-01-{year}", f"42-18547-02-{year}", f"42-18547-01-{year}"]
    with pytest.raises(Forbidden):
        actions.allot_code(ProductFactory(), by=by)
    with pytest.raises(Forbidden):
        actions.allot_code(ProductFactory(producer=producer), by=owner_of(producer))


def test_a_product_of_an_old_commune_gets_the_code_of_its_successor():
    province = ProvinceFactory(code="42")
    old = UnitFactory(code="18604", valid_to=date(2025, 6, 30))
    new = UnitFactory(code="18600", valid_from=date(2025, 7, 1), under=province)
    Succession.objects.create(
        predecessor=old, successor=new, on=date(2025, 7, 1), extent="whole", change="merged"
    )
    UnitCover.objects.create(holder=new, covered=old)
    product = ProductFactory(producer=ProducerFactory(unit=old))
    row = actions.allot_code(product, by=officer(new))
    assert (row.code, row.code_unit, row.unit) == (f"42-18600-01-{clock.today().year}", new, old)


def test_a_paper_keeps_its_versions_and_the_same_bytes_once():
    producer = ProducerFactory()
    owner = owner_of(producer)
    one, two = stored_pdf(owner), stored_pdf(owner, pages=2)
    paper = actions.add_paper(producer, kind="tests", by=owner, file=one, number="12/KN")
    actions.add_version(paper, two, by=owner)
    actions.add_version(paper, one, by=owner)
    assert list(paper.versions.values_list("no", "file")) == [(2, two.pk), (1, one.pk)]
    assert Paper.objects.get().latest.file == two


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": "letter"}, "paper.kind"),
        ({"kind": "tests", "issued_on": date(2026, 5, 2), "expires_on": date(2026, 5, 1)}, "paper.days"),
        ({"kind": "tests", "issued_on": date(2126, 5, 2)}, "paper.future"),
    ],
)
def test_bad_papers_are_refused(facts, code):
    producer = ProducerFactory()
    assert refused(actions.add_paper, producer, by=owner_of(producer), **facts) == code


def test_nobody_puts_another_persons_file_into_the_vault():
    producer = ProducerFactory()
    owner = owner_of(producer)
    with pytest.raises(Forbidden):
        actions.add_paper(producer, kind="tests", by=owner, file=stored_pdf(PersonFactory()))
    assert Paper.objects.count() == 0
    other = ProductFactory()
    assert refused(actions.add_paper, producer, kind="tests", by=owner, product=other) == "paper.product"


def test_files_are_read_by_the_producers_people_and_officers_in_reach_only():
    producer = ProducerFactory()
    owner = owner_of(producer)
    file = stored_pdf(owner)
    actions.add_paper(producer, kind="tests", by=owner, file=file)
    readers = [owner_of(producer, "staff"), officer(producer.unit)]
    strangers = [PersonFactory(), officer(UnitFactory()), owner_of(ProducerFactory())]
    assert [may_read(user, file) for user in [*readers, *strangers]] == [True, True, False, False, False]


def test_a_withdrawn_paper_leaves_the_vault_and_takes_no_file():
    paper = PaperFactory()
    owner = owner_of(paper.producer)
    actions.withdraw_paper(paper, by=owner)
    assert list(queries.papers_of(paper.producer)) == []
    assert refused(actions.add_version, paper, stored_pdf(owner), by=owner) == "paper.withdrawn"


@pytest.mark.parametrize("state", ["valid", "expiring", "expired", "not_yet"])
def test_papers_in_a_state_are_those_whose_state_it_is(state):
    today = clock.today()
    ends = [None, today, *(today + timedelta(days=days) for days in (-1, 90, 91))]
    for issued, expires in [*((None, end) for end in ends), (today + timedelta(days=1), None)]:
        PaperFactory(issued_on=issued, expires_on=expires)
    rows = set(Paper.objects.in_state(state, today))
    assert rows == {row for row in Paper.objects.all() if row.state_on(today) == state}


def test_photographs_are_pictures_in_order():
    product = ProductFactory()
    owner = owner_of(product.producer)
    red, green = stored_photo(owner), stored_photo(owner, "green")
    actions.add_photo(product, red, by=owner)
    second = actions.add_photo(product, green, by=owner)
    assert actions.add_photo(product, red, by=owner).order == 1
    assert refused(actions.add_photo, product, stored_pdf(owner), by=owner) == "photo.kind"
    actions.put_first(second, by=owner)
    assert list(product.media.values_list("file", flat=True)) == [green.pk, red.pk]
    actions.remove_photo(second, by=owner)
    assert Media.objects.get().file == red


def test_marks_are_given_by_the_province_once():
    province = ProvinceFactory()
    product = ProductFactory(producer=ProducerFactory(unit=UnitFactory(under=province)))
    mark, clerk = MarkFactory(unit=province), officer(province, Role.ADVISORY_OFFICER)
    with pytest.raises(Forbidden):
        actions.use_mark(product, mark, by=officer(product.unit))
    use = actions.use_mark(product, mark, by=clerk)
    assert refused(actions.use_mark, product, mark, by=clerk) == "mark.twice"
    assert actions.end_mark_use(use, by=clerk).valid_to == clock.today()


def test_leaks_across_communes_and_provinces():
    province, strange = ProvinceFactory(), ProvinceFactory()
    mine, near, far = UnitFactory(under=province), UnitFactory(under=province), UnitFactory(under=strange)
    rows = {unit: ProductFactory(producer=ProducerFactory(unit=unit)) for unit in (mine, near, far)}
    papers = {unit: PaperFactory(producer=row.producer) for unit, row in rows.items()}
    marks = {unit: MarkFactory(unit=unit) for unit in (mine, near, far)}

    def seen(user):
        found = Product, Paper, Mark
        return [set(model.objects.visible_to(user)) for model in found]

    assert seen(officer(mine)) == [{rows[mine]}, {papers[mine]}, {marks[mine], marks[near]}]
    assert seen(officer(strange, Role.ADVISORY_OFFICER)) == [{rows[far]}, {papers[far]}, {marks[far]}]
    assert seen(officer(province, Role.READER)) == [
        {rows[mine], rows[near]}, {papers[mine], papers[near]}, {marks[mine], marks[near]},
    ]  # fmt: skip
    assert seen(owner_of(rows[far].producer)) == [{rows[far]}, {papers[far]}, set()]
    assert seen(PersonFactory()) == [set(), set(), set()]


def test_search_of_products_shows_the_brand_and_never_the_households_name():
    producer = ProducerFactory(name="Hộ Đặng Thị Bí Mật", brand="Cơ sở Hoa Sen", form="household")
    product = ProductFactory(producer=producer, name="Bưởi Phúc Trạch")
    clerk = officer(producer.unit)
    assert list(queries.search(clerk, "bi mat", "Bí Mật", 5)) == []
    assert [(title, sub) for title, sub, _ in queries.search(clerk, "buoi", "buoi phuc trach", 5)] == [
        ("Bưởi Phúc Trạch", f"Cơ sở Hoa Sen · {producer.unit.title}")
    ]
    assert "bi mat" not in product.search_text


def test_groups_of_other_products_are_untouched():
    other = ProductFactory(group=ProductGroupFactory(code="II", order=2, name="Đồ uống"))
    product = ProductFactory(group=ProductGroupFactory())
    actions.change_group(product, other.group, by=owner_of(product.producer))
    assert Product.objects.get(pk=other.pk).classifications.count() == 1
