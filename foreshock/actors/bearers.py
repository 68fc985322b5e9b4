"""Who a name may mean in its text: the entries that bear it, its longer form there, or a name near it."""

import msgspec

from foreshock.actors.context import Context
from foreshock.actors.features import Candidate
from foreshock.actors.names import key, similarity
from foreshock.actors.registry import Entries
from foreshock.actors.schema import Kind


class Bearers(Entries):
    """Entries, and the candidates for a name among them as its text makes them likely. Nothing here decides."""

    def defined(self, acronym: str, context: Context) -> list[Candidate]:
        """The entries with the name that the text gives for an acronym, else with one near it."""
        full = key(context.acronyms[acronym])
        return self.called(full) or self.nearly_called(full)

    def bearers(self, name: str, countries: tuple[str, ...], strange: int, context: Context) -> list[Candidate]:
        """The bearers of a name, given as a key, and for a single word those whose longer name the text gives.

        `strange` counts the capitalised words of the mention beside the name that nothing explains.
        """
        found = self.called(name, countries, strange)
        if " " in name and found:
            return found
        longer = [full for full in context.longer(name) if full not in self.countries.names]
        written = {
            candidate.position: msgspec.structs.replace(candidate, route="short", rivals=0)
            for full in longer
            for candidate in self.called(full, countries, strange)
        }
        if longer and not any(self._is_called(candidate, longer) for candidate in found):
            found = [
                msgspec.structs.replace(candidate, namesake=candidate.actor.kind is Kind.PERSON) for candidate in found
            ]
        return [candidate for candidate in found if candidate.position not in written] + list(written.values())

    def _is_called(self, candidate: Candidate, names: list[str]) -> bool:
        return any(candidate.position in self.names.exact.get(name, ()) for name in names)

    def bearers_or_near(self, name: str, countries: tuple[str, ...], context: Context) -> list[Candidate]:
        """The bearers of a name, else of names near it, unless the text itself gives a longer name for it."""
        found = self.bearers(name, countries, 0, context)
        if found or context.longer(name):
            return found
        return self.nearly_called(name, countries) or self._misspelt(name, context)

    def _misspelt(self, name: str, context: Context) -> list[Candidate]:
        """The entries named in the text one of whose acronyms is `name` with one slip: *FDRL*."""
        if " " in name or not 4 <= len(name) <= 6:
            return []
        return [
            Candidate(at, self.actors[at], "slip", alike=0.9, letters=len(name))
            for at in context.named
            if any(
                len(alias) == len(name) and alias.isupper() and similarity(key(alias), name) >= 1 - 1 / len(name)
                for alias in self.actors[at].aliases
            )
        ]
