"""A reviewer's desk: one text of a collection in the store, its proposals, and what is decided on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from claims.model import WITHHELD, Status
from claims.store import ChangedMeanwhile, Verdict
from dashboard.review.advice import Advice
from dashboard.review.items import COLUMNS, item_told
from dashboard.review.said import cells_said, number_said, words_said
from dashboard.review.whereabouts import ENDS
from geo.errors import BordermapError, FaultsError
from layers.smallmap import drawn

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from claims.store import Decision, KeptClaim, KeptText, Store
    from dashboard.review.actors import Actors
    from dashboard.review.items import Item
    from dashboard.review.whereabouts import Whereabouts

__all__ = ["Desk"]

_DECIDES: Final = frozenset({"save", "reject", "withdraw", "undo"})
"""What is done only in a reviewer's name."""


class Desk:
    """What is on a reviewer's desk; it says what is so, and answers one message at a time.

    Attributes:
        notes: What was left out when the text was read, and why.
    """

    def __init__(
        self,
        store: Store,
        name: str,
        kept: KeptText,
        items: Sequence[Item],
        whereabouts: Whereabouts,
        actors: Actors,
        kinds: Mapping[str, str],
        notes: Sequence[str] = (),
    ) -> None:
        """Lay a text out.

        Args:
            store: Where decisions go.
            name: The collection's.
            kept: The text.
            items: What is proposed in it now; what was decided on other proposals of it before joins them.
            whereabouts: Places of its toponyms.
            actors: The collection's, by their names.
            kinds: What each kind is called in the text's language, for the titles of new events.
            notes: What was left out when the text was read.
        """
        self._store = store
        self._name = name
        self._kept = kept
        self._where = whereabouts
        self._actors = actors
        self._kinds = kinds
        self.notes = tuple(notes)
        self._who = ""
        self._items = {item.key: item for item in self._with_decided(items)}
        self._answer: dict[str, Any] = {}
        self._stamp = -1
        self._advice: Advice | None = None

    def _with_decided(self, items: Sequence[Item]) -> list[Item]:
        """Give the items with those of decisions that nobody proposes any more, in the order of the text."""
        known: dict[str, Item] = {}
        for item in items:
            known.setdefault(item.key, item)
        for decision in self._store.decisions(self._name, self._kept.sha256):
            if decision.proposal.get("cells"):
                item = item_told(decision.proposal)
                known.setdefault(item.key, item)
        return sorted(known.values(), key=lambda item: (int(item.cells["quote_start"]), item.sentence))

    def laid_out(self) -> list[dict[str, Any]]:
        """Say what is proposed, as the browser takes it."""
        return [
            {
                "key": item.key,
                "cells": dict(item.cells),
                "background": item.background,
                "why": item.why,
                "choices": self._choices(item.cells),
            }
            for item in self._items.values()
        ]

    def standing(self) -> dict[str, dict[str, Any]]:
        """Say of each proposal that was decided on how it stands: the last decision, and what its claim says otherwise."""
        last = self._last()
        claims = {claim.claim_id: claim for claim in self._store.claims(self._name)} if last else {}
        kept = {
            key: claims[decision.claim_id]
            for key, decision in last.items()
            if decision.verdict != Verdict.WITHDRAWN and decision.claim_id in claims
        }
        withheld = self._withheld_before(last.keys() - kept.keys())
        found = {}
        for key, decision in last.items():
            told: dict[str, Any] = {
                # A proposal that is open again is so for the reviewer, whether of a claim or of a rejection.
                "verdict": "withdrawn" if decision.verdict == Verdict.REOPENED else str(decision.verdict),
                "who": decision.who,
                "at": decision.at,
                "reason": decision.reason,
                "decision": decision.decision_id,
            }
            if key in kept:
                told |= self._kept_as(kept[key], self._items[key])
            elif key in withheld:
                told["cells"] = {WITHHELD.name: withheld[key]}
            found[key] = told
        return found

    def _last(self) -> dict[str, Decision]:
        """Give the last decision on each proposal."""
        decisions = self._store.decisions(self._name, self._kept.sha256)
        last = {str(decision.proposal.get("which", "")): decision for decision in decisions}
        return {key: last[key] for key in self._items if key in last}

    def _withheld_before(self, keys: Collection[str]) -> dict[str, str]:
        """Give what was withheld of the last withdrawn claim of each of these proposals; those are left out that never made one."""
        if not keys:
            return {}
        came: dict[str, list[str]] = {}
        for decision in reversed(self._store.decisions(self._name, self._kept.sha256)):
            key = str(decision.proposal.get("which", ""))
            if decision.claim_id and key in keys:
                came.setdefault(key, []).append(decision.claim_id)
        known = self._store.withheld_before(self._name, {one for ids in came.values() for one in ids})
        return {key: next((known[one] for one in ids if one in known), "") for key, ids in came.items()}

    def _kept_as(self, claim: KeptClaim, item: Item) -> dict[str, Any]:
        proposed = item.cells
        cells = {column: cell for column, cell in claim.cells.items() if cell != proposed.get(column, "")}
        return {
            "claim": claim.claim_id,
            "version": claim.version,
            "day": claim.cells["date_start"] or claim.cells["date_end"],
            "event": claim.cells["event_id"],
            "cells": cells,
        }

    @property
    def last_answer(self) -> dict[str, Any]:
        """What was answered last."""
        return self._answer

    def answer(self, message: Mapping[str, Any], who: str) -> dict[str, Any]:
        """Do what the browser asks for, and say what came of it; a fault is said and nothing is written.

        Args:
            message: What to `do`, with what, and its number `n`; a browser that hears nothing says it again, and it is
                done once. It comes from outside and is taken for no more than it is.
            who: The reviewer's name, which stands with each decision; "" where nobody is named, who decides nothing.
        """
        number = message.get("n")
        if number is None or number != self._answer.get("n"):
            self._answer = {"n": number, **self._answered(message, who)}
        return self._answer

    def _answered(self, message: Mapping[str, Any], who: str) -> dict[str, Any]:
        self._who = who
        acts = {
            "look": self._look,
            "search": self._search,
            "save": self._save,
            "reject": self._reject,
            "withdraw": self._withdraw,
            "undo": self._undo,
        }
        act = acts.get(str(message.get("do")))
        if act is None:
            return {}
        if message["do"] in _DECIDES and not who:
            return {"nameless": True}  # the store would take the name of the server's login
        try:
            return act(message)
        except ChangedMeanwhile as changed:
            told = {"what": changed.what, "who": changed.who, "when": changed.when, "verb": changed.verb}
            return {"changed": told}
        except FaultsError as error:
            faults = [
                {"column": fault.column, "text": f"{fault.value or fault.column} {fault.why}; {fault.todo}"}
                for fault in error.faults
            ]
            return {"faults": faults}
        except BordermapError as error:
            return {"error": str(error)}

    # ---- before deciding

    def _look(self, message: Mapping[str, Any]) -> dict[str, Any]:
        item = self._item(message)
        cells = self._cells(item, message)
        moved = message.get("moved")
        for role in ENDS:
            if isinstance(moved, list) and role in moved:
                cells[f"{role}_id"] = self._where.first(cells.get(role, ""))
        advice, wanted = self._asked(), message.get("event")
        event = str(wanted) if isinstance(wanted, str) else cells.get("event_id") or None
        told = advice.on(cells, event)
        told |= {"new": self._title(cells), "title": advice.title(told["event"])}
        return {
            "advice": told,
            "ground": drawn(self._where.placed(cells)),
            "choices": self._choices(cells),
            "cells": {f"{role}_id": cells.get(f"{role}_id", "") for role in ENDS},
            "denies": self._unchanged(item)["denies"],
            "actors": self._actors.names(filter(None, cells["actors"].split(";"))),
        }

    def _search(self, message: Mapping[str, Any]) -> dict[str, Any]:
        return {"found": self._asked().search(str(message.get("words", "")), str(message.get("kind", "")))}

    def _asked(self) -> Advice:
        """Give what advises on the collection as it stands, read again where it has changed."""
        stamp = self._store.stamp(self._name)
        if self._advice is None or stamp != self._stamp:
            self._stamp = stamp
            self._advice = Advice(self._store.read(self._name), self._where.gazetteer)
        return self._advice

    # ---- deciding

    def _save(self, message: Mapping[str, Any]) -> dict[str, Any]:
        item = self._item(message)
        cells = self._cells(item, message)
        if message.get("background") is True:
            cells |= dict.fromkeys(("date_start", "date_end", "date_kind"), "")
        cells["geo_precision"] = self._where.precision(cells)
        if claim := self._claim_of(item):
            return self._mend(claim, cells, message)
        event_id, title = self._event(cells, message.get("event"))
        # Which event it joins, and what of it is withheld, is not what the claim says.
        apart = {"event_id": "", WITHHELD.name: ""}
        mended = cells | apart != self._unchanged(item) | apart
        cells = {column: cell for column, cell in cells.items() if cell or column == WITHHELD.name}
        self._store.accept(
            self._name,
            self._told(item),
            cells,
            self._who,
            event_id=event_id,
            event_title=title,
            mended=mended,
            seen=str(message.get("seen", "")),
        )
        return {"saved": "mended" if mended else "accepted"}

    def _mend(self, claim: KeptClaim, cells: dict[str, str], message: Mapping[str, Any]) -> dict[str, Any]:
        event, title = message.get("event"), ""
        if isinstance(event, dict) and isinstance(event.get("id"), str):
            cells["event_id"] = event["id"]
        elif isinstance(event, dict):
            _, title = self._event(cells, event)
        changes = {column: cell for column, cell in cells.items() if cell != claim.cells[column]}
        version = number_said(message.get("version"))
        self._store.mend(self._name, claim.claim_id, version, changes, self._who, event_title=title)
        return {"saved": "mended"}

    def _reject(self, message: Mapping[str, Any]) -> dict[str, Any]:
        item, seen = self._item(message), str(message.get("seen", ""))
        self._store.reject(
            self._name, self._told(item), self._who, words_said(message.get("reason"), "reason"), seen=seen
        )
        return {"saved": "rejected"}

    def _withdraw(self, message: Mapping[str, Any]) -> dict[str, Any]:
        item, seen = self._item(message), str(message.get("seen", ""))
        claim = self._claim_of(item)
        if claim is None:
            if (last := self._last().get(item.key)) and seen not in {"", last.decision_id}:
                raise ChangedMeanwhile(last.claim_id or "the proposal", last.who, last.at, last.verdict)
            raise BordermapError("there is no claim of it to withdraw; look at it again")
        version = number_said(message.get("version"))
        self._store.withdraw(
            self._name, claim.claim_id, version, self._who, words_said(message.get("reason"), "reason")
        )
        return {"saved": "withdrawn"}

    def _undo(self, message: Mapping[str, Any]) -> dict[str, Any]:
        item, seen = self._item(message), str(message.get("seen", ""))
        self._store.reconsider(self._name, self._told(item), self._who, seen=seen)
        return {"saved": "withdrawn"}

    def _event(self, cells: Mapping[str, str], chosen: Any) -> tuple[str, str]:
        """Give the event that a claim joins, or the title of a new one: as chosen, else as suggested, else a new one."""
        if isinstance(chosen, dict) and "id" in chosen:
            return words_said(chosen["id"], "event_id"), ""
        if isinstance(chosen, dict):
            return "", words_said(chosen.get("title"), "title") or self._title(cells)
        if suggested := self._asked().on(cells, None)["event"]:
            return str(suggested), ""
        return "", self._title(cells)

    def _title(self, cells: Mapping[str, str]) -> str:
        """Put a title together for an event that a claim begins: who, what, where."""
        way = " \N{RIGHTWARDS ARROW} ".join(filter(None, (cells.get("origin"), cells.get("destination"))))
        where = cells.get("crossing") or cells.get("place", "")
        head = (cells.get("actor_text"), self._kinds.get(cells.get("kind", "")), way, where)
        return " · ".join(filter(None, head))

    # ---- what is meant

    def _item(self, message: Mapping[str, Any]) -> Item:
        item = self._items.get(str(message.get("key")))
        if item is None:
            raise BordermapError("this proposal is not on the desk any more; open the text again")
        return item

    def _cells(self, item: Item, message: Mapping[str, Any]) -> dict[str, str]:
        """Give a claim as the browser has it: as proposed or kept, with what was changed; the quote is the text's."""
        unchanged = self._unchanged(item)
        cells = cells_said(unchanged, message.get("cells"))
        start, end = cells["quote_start"], cells["quote_end"]
        if start.isdecimal() and end.isdecimal():
            cells["quote"] = " ".join(self._kept.text[int(start) : int(end)].split())
        if cells["actor_text"] != unchanged["actor_text"]:
            cells["actors"] = self._actors.ids(cells["actor_text"])
        for role in ENDS:
            if not cells[role]:
                cells[f"{role}_id"] = ""
        if cells["status"] != Status.DENIED:
            cells["denies"] = ""
        return cells

    def _unchanged(self, item: Item) -> dict[str, str]:
        """Give a claim as it is kept, else as it is proposed: a denial then denies those of its text that are kept."""
        if claim := self._claim_of(item):
            return dict(claim.cells)
        last = self._last()
        denied = [last[key] for key in item.denies if key in last]
        kept = [one.claim_id for one in denied if one.claim_id and one.verdict != Verdict.WITHDRAWN]
        withheld = self._withheld_before({item.key})
        more = {"denies": ";".join(kept), WITHHELD.name: withheld.get(item.key, "")}
        return dict.fromkeys(COLUMNS, "") | dict(item.cells) | more

    def _claim_of(self, item: Item) -> KeptClaim | None:
        decision = self._last().get(item.key)
        if decision is None or not decision.claim_id or decision.verdict == Verdict.WITHDRAWN:
            return None
        return self._store.claim(self._name, decision.claim_id)

    def _told(self, item: Item) -> dict[str, Any]:
        return item.told(self._kept.sha256)

    def _choices(self, cells: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
        return {
            role: self._where.choices(cells[role], cells.get(f"{role}_id", ""))
            for role in ENDS
            if cells.get(role)
        }
