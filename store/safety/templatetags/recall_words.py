"""Filters of the page on which a recall is read: fixed words of a recall by language and code."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def words_of(phrases: Mapping[str, Mapping[str, str]], lang: str) -> Mapping[str, str]:
    return phrases[lang]


@register.filter
def remedy(words: Mapping[str, str], code: str) -> str:
    return words[f"recall_{code}"]
