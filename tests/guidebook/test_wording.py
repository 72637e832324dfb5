"""The wording lint: claims found, harmless sentences left alone, in three languages and three markets.

The sets in wording/ were written before the rules that find them, each after the rules had been corrected on the ones
before it. The result of each set at its first run is in FIRST_RESULTS; here the sets guard against
regressions. The sets up to `sixth` were written with phrase rules, from `seventh` on with rules that combine what a sentence
names with what it promises. `fourth` to `sixth` share an author and many phrases with the sets before them; the later
ones differ on purpose (reviews, subject lines, alternative texts, indirect praise). `plain` has shop sentences only.
The score of a sentence is fitted on the sets (tests/guidebook/wording_training), except on those that measure.
`pairs`, `pairs_second` and `shop_texts` were written for fitting: sentences of one topic, banned and harmless, plain ones
about presents, light and medicines, and the shop's own words.
"""

import io
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from store.guidebook import wording
from store.guidebook.wording.normalization import (
    normalize_with_positions,
    split_words,
    undo_obfuscation,
)

SETS = Path(__file__).parent / "wording"
# set -> (recall, precision) at its first run; from `seventh` on the mean of the languages
FIRST_RESULTS = {
    "held_out": (0.97, 1.00),
    "fresh": (0.65, 1.00),
    "second": (0.39, 0.89),
    "third": (0.77, 0.97),
    "fourth": (0.95, 0.99),
    "fifth": (0.94, 0.98),
    "sixth": (0.92, 0.98),
    "plain": (1.0, 0.96),
    "plain_third": (1.0, 0.98),  # after the sale: recalls, refunds, waste, carriers
    "plain_second": (1.0, 0.97),  # delivery, returns, payment, reviews, materials, care: no claims in it
    "seventh": (0.72, 0.89),
    "eighth": (0.87, 0.94),
    "ninth": (0.75, 0.94),
    "tenth": (0.85, 0.96),
    "eleventh": (0.92, 1.00),
    "twelfth": (0.81, 0.99),
    "thirteenth": (0.89, 0.98),
}

# Sets from `fourteenth` on: language -> (recall, precision) at its first run. `hazards_…` have hazards in the place of claims.
FIRST_RESULTS_BY_LANGUAGE = {
    "fourteenth": {"en": (0.25, 0.83), "de": (0.55, 0.92), "es": (0.45, 1.00)},  # before frames
    "hazards_first": {"en": (0.10, 0.67), "de": (0.10, 0.67), "es": (0.35, 1.00)},  # before frames
    "fifteenth": {"en": (0.50, 0.91), "de": (0.40, 0.89), "es": (0.50, 1.00)},
    "hazards_second": {"en": (0.80, 0.84), "de": (0.60, 0.75), "es": (0.65, 1.00)},
}
# As these, with hazards and claims in one set of 60 banned and 60 harmless sentences per language. Some of their
# sentences are still misjudged, so they have a floor instead of a place in ALL_SETS.
FIRST_RESULTS_OF_MIXED_SETS = {
    "seventeenth": {"en": (0.90, 0.87), "de": (0.83, 0.93), "es": (0.85, 0.88)},
    "eighteenth": {
        "en": (0.70, 0.95),
        "de": (0.70, 0.95),
        "es": (0.72, 0.98),
    },  # indirect, replies and care texts
    "nineteenth": {
        "en": (0.93, 0.93),
        "de": (0.85, 0.91),
        "es": (0.83, 0.91),
    },  # titles, bullets, slugs, reviews
    "twentieth": {"en": (0.89, 0.95), "de": (0.84, 0.89), "es": (0.92, 1.00)},  # last set before the score
}
MIXED_SET_FLOOR = (0.95, 0.96)
# First results; these sets were written when no rule had seen their sentences.
UNSEEN_RESULTS = {
    # seen by neither rules nor score: 350 claims, 300 hazards and 450 harmless sentences a language, of pages and of
    # product texts, and as many of reviews, instructions and mails; the third has 40, 40 and 80 of all of them. The
    # harmless ones share the words of the banned ones. A score that is fitted on one of the two finds 1 % more of the other
    "merchants": {"en": (0.85, 0.90), "de": (0.78, 0.93), "es": (0.83, 0.91)},
    "buyers": {"en": (0.79, 0.88), "de": (0.80, 0.90), "es": (0.80, 0.92)},
    "thirtyeighth": {"en": (0.93, 0.91), "de": (0.94, 0.94), "es": (0.93, 0.89)},
    # 30 claims, 30 hazards and 60 harmless sentences a language, as merchants write: questions with their answer, a
    # pronoun for what the sentence before names, passives, reviews, titles, slugs, alternative texts, spelling mistakes.
    # `thirtysixth` was written after the rules had been corrected on `thirtyfifth`, and its harmless sentences share the
    # words of the banned ones; rules and score were corrected on both since
    # `thirtyseventh`, 20, 20 and 40 sentences, was written after that
    "thirtyseventh": {"en": (0.82, 0.97), "de": (0.80, 0.94), "es": (0.88, 0.97)},
    "thirtysixth": {"en": (0.88, 0.91), "de": (0.77, 0.90), "es": (0.75, 0.92)},
    "thirtyfifth": {"en": (0.92, 0.92), "de": (0.92, 0.96), "es": (0.93, 0.93)},
    # 30 claims, 30 hazards and 60 harmless sentences a language, ever more far-fetched: hints, stories, jargon of
    # trainers, slugs, spelling mistakes, answers to questions, all moods. `thirtythird` was written after the rules had
    # been corrected on the two sets below it, `thirtyfourth` after that; the rules were corrected on all of them since,
    # and the score is fitted on them
    "thirtyfourth": {"en": (0.78, 0.98), "de": (0.78, 0.96), "es": (0.80, 0.96)},
    "thirtythird": {"en": (0.77, 0.94), "de": (0.78, 0.89), "es": (0.77, 0.92)},
    "thirtysecond": {"en": (0.88, 0.91), "de": (0.83, 0.94), "es": (0.77, 0.92)},
    # plainer, as the product texts, mails and posts of merchants say it
    "thirtyfirst": {"en": (0.95, 0.93), "de": (0.95, 1.00), "es": (0.97, 0.97)},
    # as the one below, written after the rules had been corrected on that; the rules were corrected on it since
    "thirtieth": {"en": (0.95, 0.97), "de": (0.87, 0.96), "es": (0.83, 0.96)},
    # 30 claims, 30 hazards and 60 harmless sentences a language: copy, reviews, folk wisdom, regained function, warnings,
    # disclaimers and sentences of trade; the rules were corrected on it since
    "twentyninth": {"en": (0.90, 0.96), "de": (0.87, 1.00), "es": (0.90, 1.00)},
    # 30 claims, 30 hazards and 60 harmless sentences a language; rules and score were corrected on it since
    "twentyseventh": {"en": (0.93, 0.97), "de": (0.92, 0.98), "es": (0.88, 0.96)},
    # 60 claims, 60 hazards and 60 harmless sentences a language; rules and score were corrected on it since
    "twentyfifth": {"en": (0.83, 0.99), "de": (0.86, 0.93), "es": (0.84, 0.97)},
    # 30 of each: posts, manuals and translations; seen by neither rules nor score
    "twentysixth": {"en": (0.90, 0.96), "de": (0.80, 0.98), "es": (0.77, 0.96)},
    # 60 claims, 60 hazards and 60 harmless sentences a language, in two sets, and a third one of 60 far-fetched ones;
    # the score is fitted on them since
    "twentysecond": {"en": (0.89, 0.98), "de": (0.82, 0.99), "es": (0.88, 0.98)},
    "twentythird": {"en": (0.85, 0.94), "de": (0.82, 0.95), "es": (0.78, 0.95)},
    "twentyfourth": {"en": (0.55, 1.00), "de": (0.57, 0.92), "es": (0.65, 0.96)},
    # rules alone: 0.72, 0.72, 0.75; the score is fitted on it since
    "twentyfirst": {"en": (0.88, 0.91), "de": (0.85, 1.00), "es": (0.90, 0.95)},
    "sixteenth": {"en": (1.00, 1.00), "de": (0.95, 0.90), "es": (1.00, 1.00)},
    "hazards_third": {"en": (0.95, 1.00), "de": (0.85, 0.89), "es": (0.90, 1.00)},
}
ALL_SETS = ("development", *FIRST_RESULTS, *FIRST_RESULTS_BY_LANGUAGE)


def sentences(name: str) -> Iterator[tuple[str, str, str]]:
    for line in (SETS / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        lang, label, text = line.split("\t")
        yield lang, label, text


def recall_and_precision(name: str, language: str) -> tuple[float, float]:
    rows = [
        (label != "ok", bool(wording.check(text)))
        for lang, label, text in sentences(name)
        if lang == language
    ]
    found = sum(is_banned and is_found for is_banned, is_found in rows)
    return found / sum(is_banned for is_banned, _ in rows), found / sum(is_found for _, is_found in rows)


@pytest.mark.parametrize("name", ALL_SETS)
def test_claims_are_found_and_harmless_sentences_pass(name: str) -> None:
    missed = [t for _, label, t in sentences(name) if label != "ok" and not wording.check(t)]
    false_alarms = [t for _, label, t in sentences(name) if label == "ok" and wording.check(t)]
    claims = sum(label != "ok" for _, label, _ in sentences(name))
    assert false_alarms == []
    assert len(missed) <= 0.05 * claims, missed


@pytest.mark.parametrize("name", ALL_SETS)
def test_naming_the_language_changes_little(name: str) -> None:
    false_alarms = [t for lang, label, t in sentences(name) if label == "ok" and wording.check(t, lang=lang)]
    missed = [t for lang, label, t in sentences(name) if label != "ok" and not wording.check(t, lang=lang)]
    assert false_alarms == []
    assert len(missed) <= 0.06 * sum(label != "ok" for _, label, _ in sentences(name)), missed


@pytest.mark.parametrize("language", ["en", "de", "es"])
@pytest.mark.parametrize("name", UNSEEN_RESULTS)
def test_unseen_sentences_are_judged_no_worse_than_at_first(name: str, language: str) -> None:
    recall, precision = recall_and_precision(name, language)
    first_recall, first_precision = UNSEEN_RESULTS[name][language]
    assert round(recall, 2) >= first_recall
    assert round(precision, 2) >= first_precision


@pytest.mark.parametrize("language", ["en", "de", "es"])
@pytest.mark.parametrize("name", FIRST_RESULTS_OF_MIXED_SETS)
def test_claims_and_hazards_in_one_set_are_found_and_few_harmless_sentences_refused(
    name: str, language: str
) -> None:
    recall, precision = recall_and_precision(name, language)
    assert recall >= MIXED_SET_FLOOR[0]
    assert precision >= MIXED_SET_FLOOR[1]


def test_the_sets_are_large_and_cover_every_class_in_every_language() -> None:
    rows = [row for name in ALL_SETS for row in sentences(name)]
    assert len(rows) > 1000
    for lang in ("en", "de", "es"):
        found = {label for code, label, _ in rows if code == lang}
        assert {f"C{n}" for n in range(2, 23)} <= found | {"C1"}, lang
        assert {f"H{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9)} <= found, lang


@pytest.mark.parametrize(
    "claim",
    [
        "These cups may help with back pain.",
        "Cupping could ease your sciatica.",
        "Kann möglicherweise Rückenschmerzen lindern.",
        "Podría aliviar el dolor de espalda.",
    ],
)
def test_a_hedge_is_no_safe_harbour(claim: str) -> None:
    assert wording.check(claim)


@pytest.mark.parametrize(
    ("claim", "denial"),
    [
        ("Cupping draws out toxins.", "Cupping does not draw out toxins."),
        ("It cures, treats and prevents disease.", "It does not cure, treat or prevent disease."),
        ("Schröpfen lindert Schmerzen.", "Schröpfen lindert Schmerzen nicht."),
        ("Las ventosas curan la artritis.", "Las ventosas no curan la artritis."),
    ],
)
def test_a_denial_is_no_claim(claim: str, denial: str) -> None:
    assert wording.check(claim)
    assert wording.check(denial) == []


@pytest.mark.parametrize(
    "claim",
    [
        "Not only relieves pain but also looks good.",
        "No doubt the best cure for sciatica.",
        "Don't wait, treat your back pain today.",
        "Lindert nicht nur Schmerzen.",
        "No solo alivia el dolor.",
        "No pills, just pain relief.",
    ],
)
def test_a_denial_of_something_else_does_not_excuse(claim: str) -> None:
    assert wording.check(claim)


@pytest.mark.parametrize(
    ("claim", "description"),
    [
        ("Evens out your skin tone.", "The same cup on a light and on a dark skin tone."),
        ("For a more even skin tone.", "Whatever your skin tone, look in good light."),
        ("Evens out any skin tone.", "Marks differ by skin tone."),
        ("Firms and tones each skin tone.", "Photos of the cups on three tones of skin."),
        ("A brighter, lighter skin tone after one week.", "The mark on a dark skin tone after three days."),
        ("For a glowing, lighter skin tone in days.", "Photographed on a lighter and a darker skin tone."),
        ("A lighter skin tone in two weeks.", "On a dark skin tone marks look lighter."),
        ("Smooths and brightens dark skin tones.", "Brighter light shows the mark on each skin tone."),
        ("Improves dark skin tone naturally.", "On dark skin tone marks fade more slowly."),
        ("Gives you a fair skin tone.", "A mark is easier to see on a light skin tone."),
        ("Skin tone visibly evened after ten sessions.", "Good light helps whatever your skin tone."),
        ("Gleichmäßiger Hautton nach zwei Wochen.", "Das Bild zeigt einen hellen und einen dunklen Hautton."),
        ("Verfeinert das Hautbild.", "Setzen Sie den Schröpfkopf gleichmäßig auf die Haut."),
        ("Hellt dunkle Hauttöne auf.", "Bei jedem Hautton sieht die Spur anders aus."),
        ("Ein hellerer Hautton in wenigen Tagen.", "Auf einem helleren Hautton nach drei Tagen."),
        ("Mejora el tono de la piel.", "El tono de piel de la foto es más oscuro."),
        (
            "Para un tono de piel más claro.",
            "Fotografiada en un tono de piel más claro y en otro más oscuro.",
        ),
        ("Ilumina todos los tonos de piel.", "Las marcas cambian según el tono de piel."),
    ],
)
def test_a_better_tone_of_skin_is_a_claim_and_a_tone_that_is_shown_is_none(
    claim: str, description: str
) -> None:
    assert [finding.id for finding in wording.check(claim)] == ["C4-skin"]
    assert wording.check(description) == []


@pytest.mark.parametrize(
    ("hazard", "harmless"),
    [
        ("Use a lighter and a cotton ball.", "On a lighter skin the mark is red."),
        ("Hold a lighter under the glass.", "People with lighter skin see a red mark."),
        ("Halten Sie brennende Watte in das Glas.", "Eine brennend rote Tasche."),
        ("Encienda un algodón en la copa.", "Una marca de color rojo encendido."),
    ],
)
def test_a_colour_is_no_fire(hazard: str, harmless: str) -> None:
    assert "H2-fire" in {finding.id for finding in wording.check(hazard)}
    assert wording.check(harmless) == []


def test_history_needs_belief_and_for_more_than_qi_the_fact_id() -> None:
    assert wording.check("In old China it was believed to balance qi.") == []
    assert wording.check("Cupping balances your qi.")
    assert wording.check("It was believed to stimulate healing.")
    assert wording.check("It was believed to stimulate healing (F-005).") == []
    assert wording.check("It stimulates healing (F-005).")
    assert wording.check("It was believed to stimulate healing (F-020).")


def test_the_evidence_sentence_is_let_through_word_for_word_only() -> None:
    evidence = "Set against no treatment, it found short-term relief."
    assert wording.check(evidence) == []
    assert wording.check("Set against no treatment, it found relief from pain.")


def test_hidden_letters_accents_case_and_line_breaks_hide_nothing() -> None:
    for disguise in (
        "De\u00adtox for you.",
        "DETOX for you.",
        "D\u200betox for you.",
        "D\U000e0065etox for you.",  # a tag character
        "D\ufe01etox for you.",  # a variation selector
        "D\u3164etox for you.",  # a Hangul filler
        "D\u2800etox for you.",  # an empty Braille cell
        "Alivia el dólor.",
        "RELIEVES BACK PAIN!",
        "D e t o x for you.",
        "D.e.t.o.x for you.",
        "D3t0x for you.",
        "Dеtоx for you.",  # Cyrillic letters
        "𝗥𝗲𝗹𝗶𝗲𝘃𝗲𝘀 𝗯𝗮𝗰𝗸 𝗽𝗮𝗶𝗻.",
        "Ｄｅｔｏｘ",
        "🔥 Relieves back pain 🔥",
        "Let a fl\u200bame draw the air out.",
        "Works well on the sp\u0456ne.",  # a Cyrillic letter
        "leave-the-cups-on-overnight",
        "r e l i e v e s p a i n",
        "koepfe-ueber-nacht-drauflassen",
        "SIE KOENNEN DIE KOEPFE UEBER NACHT DRAUFLASSEN",
        "L3av3 th3 cups on overnight.",
        "Déjalas toda la noche".upper(),
        "D\u200bé\u200bj\u200ba\u200blas toda la noche",
        "Gegen Ruecken- und Nackenschmerzen",
        "Loest Verspannungen im Ruecken.",
        "Alivia el dolor de espalda".upper(),
    ):
        assert wording.check(disguise), disguise


def test_a_finding_says_where_and_marks_the_words() -> None:
    found = wording.check("Wash the cups.\nIt relieves back pain. Dry them.")
    assert [(f.id, f.line, f.claim) for f in found] == [("C9-relief", 2, "C9")]
    assert found[0].marked == "It »relieves back pain«."
    assert found[0].markets == ("US", "UK", "EU")


def test_markets_differ_on_stress_and_sleep() -> None:
    text = "Helps you sleep better."
    assert wording.check(text, market="US") == []
    assert wording.check(text, market="UK")
    assert wording.check(text, market="EU")
    assert wording.check(text)
    assert wording.check("Relieves back pain.", market="US")


def test_markup_is_read_with_its_alternative_texts_and_meta() -> None:
    page = (
        '<html><head><title>Cups</title><meta name="description" content="Relieves back pain">'
        "<style>.detox{}</style></head><body><p>Two <b>c</b>ups</p><p>that fit.</p>"
        '<img alt="A detox ritual"></body></html>'
    )
    assert sorted(f.id for f in wording.check_html(page)) == ["C2-detox", "C9-relief"]


def test_entities_and_blocks_of_markup_hide_nothing() -> None:
    for markup in (
        "<p>&#82;elieves back&nbsp;p&#97;in.</p>",
        "<p>Leave the cups on <b>over</b><i>night</i>.</p>",
        "<p>Let a fl&shy;ame draw the air out.</p>",
        "<li>Two cups</li><li>Wear them all night</li>",
    ):
        assert wording.check_html(markup), markup


def test_the_command_prints_line_id_and_words_and_ends_with_one(tmp_path: Path) -> None:
    file = tmp_path / "copy.txt"
    file.write_text("Wash the cups.\nFlushes out impurities.\n", encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(SystemExit) as exit_info:
        call_command("wording", str(file), stdout=out)
    assert exit_info.value.code == 1
    assert out.getvalue() == "2: C2-detox: impurities\n"


def test_a_sentence_broken_for_its_length_is_read_whole_and_lines_of_a_list_are_not_joined() -> None:
    assert [
        f.line
        for f in wording.check("A set of four cups in a soft pouch, made so that it relieves\nback pain.")
    ] == [1]
    assert wording.check("These cups, however well they are made and sold, do not\nrelieve back pain.") == []
    assert [f.line for f in wording.check("no latex\nrelieves pain")] == [2]


def test_two_sentences_can_claim_or_disown_together() -> None:
    assert wording.check("Does it work for migraines? Yes, within minutes.")
    assert wording.check("Sleeping badly because of your back? This set was made for you.")
    assert wording.check("Back pain after a fall? See a doctor.") == []
    assert wording.check("Some shops sell cups for cellulite. We do not.") == []


@pytest.mark.parametrize(
    "mixed",
    [
        "Our set is lovely: deje las ventosas puestas toda la noche.",
        "Unser Set ist schön und leave the cups on overnight.",
        "Un juego bonito, lassen Sie die Köpfe über Nacht drauf.",
        "The set is in the box and you use it with oil, and setzen Sie die Köpfe auf die Wirbelsäule.",
        "Das Set ist in der Schachtel und es ist mit Öl, alivia el dolor de espalda.",
        "El juego es de silicona y está en la caja con la bolsa, relieves back pain.",
    ],
)
@pytest.mark.parametrize("said", [None, "en", "de", "es"])
def test_a_part_of_a_sentence_in_another_language_is_read_in_that_one(mixed: str, said: str | None) -> None:
    assert wording.check(mixed, lang=said)


@pytest.mark.parametrize(
    ("hazard", "harmless"),
    [
        ("Ship it, open it and wear it on the drive home.", "The driver ships it and drives home."),
        ("We answer within a day; sleep with the cups on.", "We answer overnight."),
        ("Answer your mails with the cups on for two hours.", "We answer mails within two hours."),
        (
            "Bestellen Sie die Köpfe und lassen Sie sie über Nacht dran.",
            "Heute bestellt, kommt es über Nacht.",
        ),
        (
            "El paquete llega mañana y las ventosas se dejan puestas dos horas.",
            "El paquete llega en dos horas.",
        ),
        ("Cup over varicose veins while you wait for the delivery.", "Wait for the delivery before you cup."),
        ("Cup over varicose veins until your order ships.", "The cups ship after two hours."),
        ("Cup your face before your parcel arrives.", "Never cup your face before your parcel arrives."),
        ("Sleep in the cups while we ship the rest of your order.", "We ship the cups while you sleep."),
        (
            "Cup in the bath until your parcel arrives.",
            "Your parcel with the cups arrives before you wake up.",
        ),
        (
            "Leave the cups on overnight while you wait for the delivery.",
            "Get your cups overnight when you order before noon.",
        ),
        (
            "Schröpfen Sie über Krampfadern, während Sie auf die Lieferung warten.",
            "Schlafen Sie nie mit den Schröpfköpfen, während Sie auf die Lieferung warten.",
        ),
        (
            "Schlafen Sie mit den Gläsern, während wir den Rest Ihrer Bestellung verschicken.",
            "Warten Sie zwei Tage, bevor Sie die Stelle wieder schröpfen.",
        ),
        (
            "Ponga las ventosas sobre varices mientras espera el envío.",
            "No duerma nunca con las ventosas mientras espera el envío.",
        ),
        ("The cups stay on all night, parcel or not.", "Whether the parcel came or not, take the cups off."),
        (
            "Die Gläser bleiben die ganze Nacht dran, Paket oder nicht.",
            "Ob das Paket da ist oder nicht, ist egal.",
        ),
        ("Las ventosas se quedan toda la noche, paquete o no.", "Si el paquete llega o no, se lo decimos."),
        (
            "While you wait for the delivery sleep in the cups.",
            "While you wait for the delivery read the insert.",
        ),
        (
            "Bevor das Paket kommt lassen Sie die Köpfe über Nacht dran.",
            "Bevor das Paket kommt schreiben wir Ihnen über Nacht.",
        ),
        ("Bañarse con las ventosas hasta que llegue el paquete.", "Lea la guía hasta que llegue el paquete."),
        ("Drink a few beers and water before cupping.", "Drink water and no beer before cupping."),
        ("Numbing cream helps, parcel or not.", "The cream comes in a parcel or not at all."),
        (
            "Keep the box for returns and drink plenty of wine before cupping.",
            "Keep the box for returns and drink plenty of water after cupping.",
        ),
    ],
)
def test_a_word_of_trade_excuses_only_what_its_own_clause_tells(hazard: str, harmless: str) -> None:
    assert wording.check(hazard)
    assert wording.check(harmless) == []


@pytest.mark.parametrize(
    ("hazard", "harmless"),
    [
        ("Swollen calf? Place a cup on it first.", "Swollen calf? Place no cup on it and call a doctor."),
        ("Nehmen Sie Blutverdünner? Pumpen Sie weniger.", "Nehmen Sie Blutverdünner? Fragen Sie Ihren Arzt."),
        ("¿Toma anticoagulantes? Bombee menos.", "¿Toma anticoagulantes? No use las ventosas."),
        ("Does the plastic survive the dishwasher? Yes.", "Does the plastic survive the dishwasher? No."),
    ],
)
def test_an_answer_is_read_with_its_question(hazard: str, harmless: str) -> None:
    assert wording.check(hazard)
    assert wording.check(harmless) == []


def test_a_product_text_is_checked_while_a_merchant_waits_for_the_save() -> None:
    text = " ".join(t for _, label, t in sentences("plain") if label == "ok")[:1500]
    wording.check(text)
    started = time.process_time()
    wording.check(text)
    assert time.process_time() - started < 0.2  # 25 ms on an idle machine


@pytest.mark.parametrize(
    "words", ["never use the cup on ", "der Kopf und die Pumpe ", "la ventosa de la caja "]
)
def test_a_long_sentence_takes_no_more_than_the_square_of_its_length(words: str) -> None:
    def seconds(text: str) -> float:
        started = time.process_time()
        wording.check(text)
        return time.process_time() - started

    short, long = words * 60, words * 240
    seconds(words * 59)  # reads the rules; the findings of a sentence itself are kept, so each is read once
    assert seconds(long) < 40 * max(seconds(short), 0.005)


@pytest.mark.parametrize("letters", ["_", "a_", "a-", '"', "abcd-", "a@1"])
def test_disguises_are_undone_in_one_pass(letters: str) -> None:
    """A shopper's review is checked, too: underscores took twice the time with each one more."""
    text = normalize_with_positions(letters * (40_000 // len(letters)) + "@")
    started = time.process_time()
    assert len([*undo_obfuscation(text), *split_words(text)]) <= 3
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("leave-on-overnight", "leave on overnight"),
        ("_leave_on__overnight_", " leave on  overnight "),
        ("mail to leave-on-overnight@example.com", None),
    ],
)
def test_words_that_are_joined_are_read_as_words(written: str, read: str | None) -> None:
    found = [variant.text for variant in split_words(normalize_with_positions(written))]
    assert found == ([read] if read else [])


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"Wash.\xe9\n", b"a\0b"])
def test_the_command_refuses_what_is_no_text(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "copy.txt"
    file.write_bytes(raw)
    with pytest.raises(CommandError, match=r"copy\.txt (is not UTF-8|holds bytes)") as raised:
        call_command("wording", str(file))
    assert raised.value.returncode == 2


def test_the_command_takes_windows_files_markets_and_all_languages_at_once(tmp_path: Path) -> None:
    file = tmp_path / "copy.txt"
    file.write_bytes("\ufeffHeilt Rheuma.\r\n\r\nCura la artritis.\r\nHelps you sleep better.".encode())
    for market, lines in (("us", {"1", "3"}), ("EU", {"1", "3", "4"})):
        out = io.StringIO()
        with pytest.raises(SystemExit):
            call_command("wording", str(file), "--market", market, stdout=out)
        assert {line.split(":")[0] for line in out.getvalue().splitlines()} == lines


def test_the_command_is_quiet_on_harmless_text(tmp_path: Path) -> None:
    file = tmp_path / "copy.txt"
    file.write_text("Wash the cups.\n", encoding="utf-8")
    out = io.StringIO()
    call_command("wording", str(file), stdout=out)
    assert out.getvalue() == ""


def test_the_command_reads_standard_input() -> None:
    manage = str(settings.BASE_DIR / "manage.py")
    done = subprocess.run(
        [sys.executable, manage, "wording"],
        input="Lindert Schmerzen.\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == "1: C9-relief: Lindert Schmerzen\n"


@pytest.mark.parametrize(
    ("claim", "harmless"),
    [
        ("Dark skin tone? Our cups make it lighter.", "Dark skin tone? Look at it in good light."),
        ("Dunkler Hautton? Unsere Cups machen ihn heller.", "Dunkler Hautton? Sehen Sie ihn bei Licht an."),
        ("¿Piel oscura? Nuestras ventosas la aclaran.", "¿Piel oscura? Mírela con buena luz."),
        (
            "Cellulite bothers many women. These cups smooth it away.",
            "Cellulite is a word. We do not use it.",
        ),
        ("Stiff neck? Two evenings and it is gone.", "A stiff valve? Two strokes and it moves."),
        ("Steifer Nacken? Zwei Abende und er ist weg.", "Ein Fleck auf dem Glas? Wischen Sie ihn weg."),
        ("¿Cuello rígido? Dos noches y desaparece.", "¿Una mancha en el vidrio? El vinagre la quita."),
        ("Wrinkles worry you. Our cups erase them.", "The towels are wet. Our cups dry on them."),
    ],
)
def test_a_pronoun_is_read_as_what_the_sentence_before_names(claim: str, harmless: str) -> None:
    assert wording.check(claim)
    assert wording.check(harmless) == []


@pytest.mark.parametrize(
    ("hazard", "harmless"),
    [
        (
            "Your calf is swollen and warm. Put one cup right on it.",
            "Your calf is swollen and warm. Put no cup on it.",
        ),
        (
            "Moles are dark spots. Put the cup right over them.",
            "Moles are dark spots. Never put a cup over them.",
        ),
        (
            "Ein Muttermal ist dunkel. Setzen Sie den Kopf darauf.",
            "Ein Muttermal ist dunkel. Setzen Sie nie einen Kopf darauf.",
        ),
        (
            "Tiene un lunar en el brazo. Ponga la ventosa ahí.",
            "Los lunares son manchas. No ponga nunca una ventosa ahí.",
        ),
        ("Numb legs? Then you can pump a little more.", "Numb legs? Then put no cups on them."),
    ],
)
def test_a_place_is_read_as_what_the_sentence_before_names(hazard: str, harmless: str) -> None:
    assert wording.check(hazard)
    assert wording.check(harmless) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Your back aches?", "Your parcel is in Denver and comes to you tomorrow."),
        ("Does it help with cellulite?", "No."),
        ("Kalte Hände?", "In warmem Wasser wird das Silikon weicher."),
        ("Never place a cup on a mole.", "Squeeze the cup, set it down and let go."),
        ("You have epilepsy, or faint now and then.", "Add who is responsible, and have it checked."),
        ("¿Lleva un marcapasos?", "El número de lote está en la base de la caja."),
    ],
)
def test_what_a_sentence_names_makes_the_next_one_no_claim(question: str, answer: str) -> None:
    assert [found for found in wording.check(f"{question} {answer}") if found.sentence == answer] == []
