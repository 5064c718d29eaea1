"""Who may do what, as a table of cases: the site's rules, the person, and how the dashboard was reached."""

import pytest

from dashboard.access import is_at_home, may_read, may_review, person_of
from dashboard.site import People, SignIn, Site

EVERYWHERE = "0.0.0.0"  # noqa: S104 - nothing listens there
NOW = 1_800_000_000.0
HOURS = 12
SIGN_IN = SignIn("bordermap", "x", "https://id.example.org", "y" * 32, HOURS)
OPEN = Site(
    signin=SIGN_IN, reviewers=People(("Rita@Example.org", "*@desk.example"), (("groups", ("editors",)),))
)
CLOSED = Site(
    signin=SIGN_IN, open=False, readers=People(("lee@example.org",)), reviewers=People(("rita@example.org",))
)
ANY_READ = Site(signin=SIGN_IN, open=False, readers=People(("*",)))


def said(email="", **more):
    """Give what Streamlit says of somebody who has signed in."""
    told = {
        "is_logged_in": True,
        "sub": "42",
        "iss": "https://id.example.org",
        "iat": NOW - 60,
        "email_verified": True,
    }
    return told | ({"email": email} if email else {}) | more


def person(email="", **more):
    """Give somebody who has signed in."""
    return person_of(said(email, **more), OPEN, NOW)


REVIEWERS = [
    ("rita@example.org", {}, True),
    ("RITA@EXAMPLE.ORG", {}, True),
    ("anyone@desk.example", {}, True),
    ("anyone@Desk.Example", {}, True),
    ("rita@example.org", {"email_verified": False}, False),
    ("rita@example.org", {"email_verified": "true"}, False),
    ("rita@example.org", {"email_verified": None}, False),
    ("rita@example.org.evil.example", {}, False),
    ("rita@example.org ", {}, False),
    ("rita@example.org\n", {}, False),
    ("r\u0131ta@example.org", {}, False),  # a dotless i
    ("rita@e\u0445ample.org", {}, False),  # a Cyrillic letter
    ("rita@xn--example-9we.org", {}, False),
    ("anyone@des\u212a.example", {}, False),  # the Kelvin sign, which str.lower makes a k
    ("anyone@sub.desk.example", {}, False),
    ("anyone@evil.example@desk.example", {}, False),
    ('"a@b"@desk.example', {}, False),
    ("@desk.example", {}, False),
    ("*@desk.example.org", {}, False),
    ("x" * 250 + "@desk.example", {}, False),
    (["rita@example.org"], {}, False),
    ("", {"groups": ["editors"]}, True),
    ("", {"groups": "editors"}, True),
    ("", {"groups": ["readers", "editors"]}, True),
    ("", {"groups": ["Editors"]}, False),
    ("", {"groups": "editors,readers"}, False),
    ("", {"groups": {"editors": True}}, False),
    ("", {"group": ["editors"]}, False),
    ("", {}, False),
]


@pytest.mark.parametrize(("email", "more", "reviews"), REVIEWERS)
def test_a_reviewer_is_who_is_named(email, more, reviews):
    """A verified address letter by letter, or a claim's value, makes a reviewer; nothing that looks like one does."""
    one = person(email, **more)
    assert may_review(OPEN, one, at_home=True) is reviews
    assert may_read(OPEN, one, at_home=False, for_others=False)


def test_a_claim_within_a_claim_is_named_by_its_way():
    """`realm_access.roles` is read where no claim has that very name."""
    rule = Site(signin=SIGN_IN, reviewers=People((), (("realm_access.roles", ("editor",)),)))
    assert may_review(rule, person(realm_access={"roles": ["editor"]}), at_home=False)
    assert may_review(rule, person(**{"realm_access.roles": ["editor"]}), at_home=False)
    assert not may_review(rule, person(realm_access=["editor"]), at_home=False)


READERS = [
    (Site(), "", True),
    (CLOSED, "", False),
    (CLOSED, "lee@example.org", True),
    (CLOSED, "rita@example.org", True),  # a reviewer, who may not review what is not read
    (CLOSED, "eve@example.org", False),
    (ANY_READ, "", False),
    (ANY_READ, "eve@example.org", True),
]


@pytest.mark.parametrize(("rule", "email", "reads"), READERS)
def test_a_reader_is_anybody_where_reading_is_open_else_who_is_named(rule, email, reads):
    """How the dashboard was reached is nothing to a site."""
    one = person(email) if email else None
    assert may_read(rule, one, at_home=True, for_others=False) is reads
    assert may_read(rule, one, at_home=False, for_others=True) is reads


def test_without_a_site_the_user_reads_and_others_where_it_listens_to_them():
    """A dashboard that listens to this machine alone is not read by a page of another host that has found its way to it."""
    assert may_read(None, None, at_home=True, for_others=False)
    assert may_read(None, None, at_home=False, for_others=True)
    assert not may_read(None, None, at_home=False, for_others=False)


def test_only_the_user_of_this_machine_reviews_without_a_site_and_only_reviewers_with_one():
    """With a site nobody is at home: a proxy asks from this machine for everybody."""
    assert may_review(None, None, at_home=True)
    assert not may_review(None, None, at_home=False)
    assert not may_review(Site(), None, at_home=True)
    assert not may_review(OPEN, None, at_home=True)


NOBODY = [
    {"is_logged_in": False},
    {"is_logged_in": "true"},  # as a header may say it
    {"sub": None},
    {"sub": ""},
    {"iss": 3},
    {"iat": None},
    {"iat": True},
    {"iat": "1800000000"},
    {"iat": float("inf")},
    {"iat": float("nan")},
    {"iat": NOW - HOURS * 3600},
    {"iat": NOW + 3600},
]


@pytest.mark.parametrize("wrong", NOBODY)
def test_a_sign_in_that_is_over_or_odd_is_none(wrong):
    """A sign-in lasts for its hours from the provider's own time, and what does not say who or when is none."""
    assert person("rita@example.org") is not None
    assert person_of(said("rita@example.org", **wrong), OPEN, NOW) is None


def test_without_a_provider_nobody_is_signed_in():
    """What a cookie says counts for nothing where the site names no provider."""
    assert person_of(said("rita@example.org"), Site(), NOW) is None
    assert person_of(said("rita@example.org"), None, NOW) is None


def test_the_audit_has_the_address_or_what_the_provider_knows_them_by():
    """Nobody stands in the audit by a name of their own choosing."""
    assert person("rita@example.org", name="Anna").name == "rita@example.org"
    assert person("rita@example.org", email_verified=False, name="Anna").name == "42 at id.example.org"
    assert "rita@example.org" not in repr(person("rita@example.org", email_verified=False))


HOME = {"host": "localhost:8501"}
REACHED = [
    ("127.0.0.1", None, True),
    ("127.0.0.1", {}, False),
    ("127.0.0.1", HOME, True),
    ("::1", {"host": "[::1]:8501"}, True),
    ("127.0.0.1", HOME | {"origin": "http://localhost:8501"}, True),
    (EVERYWHERE, HOME, False),
    (EVERYWHERE, None, False),
    (None, HOME, False),
    ("", HOME, False),
    ("192.168.1.4", {"host": "192.168.1.4"}, False),
    ("127.0.0.1", {"host": "map.example.org"}, False),
    ("127.0.0.1", {"host": "localhost.example.org"}, False),
    ("127.0.0.1", {"host": "127.0.0.1.example.org"}, False),
    ("127.0.0.1", {"host": "localhost@evil.example"}, False),
    ("127.0.0.1", {"host": "[::1"}, False),
    ("127.0.0.1", {"accept": "*/*"}, False),
    ("127.0.0.1", HOME | {"origin": "http://localhost:9999"}, False),
    ("127.0.0.1", HOME | {"origin": "http://evil.example"}, False),
    ("127.0.0.1", HOME | {"origin": "null"}, False),
    ("127.0.0.1", HOME | {"x-forwarded-for": "127.0.0.1"}, False),
    ("127.0.0.1", HOME | {"x-forwarded-proto": "https"}, False),
    ("127.0.0.1", HOME | {"forwarded": "for=127.0.0.1"}, False),
    ("127.0.0.1", HOME | {"x-real-ip": "127.0.0.1"}, False),
    ("127.0.0.1", HOME | {"via": "1.1 proxy"}, False),
    ("127.0.0.1", HOME | {"cf-connecting-ip": "192.0.2.1"}, False),
]


@pytest.mark.parametrize(("address", "headers", "at_home"), REACHED)
def test_at_home_is_who_reaches_a_dashboard_of_this_machine_from_this_machine(address, headers, at_home):
    """An address for others, a name of another host, a page of another host and a proxy each mean somebody else."""
    assert is_at_home(address, headers) is at_home
