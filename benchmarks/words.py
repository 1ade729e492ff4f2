"""Invented words in three languages: a few are frequent and most are rare, as in any text."""

from itertools import accumulate
from random import Random

NUMBER = 4000  # words of each language
_SYLLABLES = {
    "en": "ba co du fe ga hi jo ka le mi no pa ru sa te vo wi ya ze or en al is um".split(),
    "ko": list("가나다라마바사아자차카타파하고노도로모보소오조초강동원위안부협정외교담"),
    "ja": list("日韓協定外交会談判決政府声明訴訟合意輸出管理水産物鉱山労働軍事情報"),
}
_JOINT = {"en": " ", "ko": " ", "ja": ""}


class Words:
    """Texts of a language: drawn by Zipf's law from a vocabulary that the seed settles."""

    def __init__(self, random: Random, language: str) -> None:
        self.random, self.language = random, language
        length = (2, 4) if language == "en" else (2, 3)
        syllables = _SYLLABLES[language]
        made = (
            "".join(random.choices(syllables, k=random.randint(*length))) for _ in range(NUMBER * 3)
        )
        self.known = list(dict.fromkeys(made))[:NUMBER]
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.known) + 1)))

    def text(self, number: int) -> str:
        words = self.random.choices(self.known, cum_weights=self.weights, k=number)
        return _JOINT[self.language].join(words).capitalize()

    def frequent(self) -> str:
        """A word that stands in many texts."""
        return self.known[4]

    def rare(self) -> str:
        return self.known[NUMBER // 2]
