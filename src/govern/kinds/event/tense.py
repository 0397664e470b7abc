"""Is an event named for something that has happened? Only what is certain is said: of a word that is neither a verb
we know nor a form of one, nothing is.
"""

from functools import cache

from govern.model.pattern import pattern

COMMAND = "command"
MAX_WORD = 100  # letters; no word is longer

# Verbs that events are named after, with the past participle where it is not regular.
_REGULAR = """
    accept acknowledge activate add adjust allocate amend answer apply approve archive assign attach authenticate
    authorise authorize block book bounce calculate call cancel capture change charge check claim clear click
    close collect commit complete configure confirm connect consume convert copy correct create credit deactivate
    debit decline decrease delete deliver deny deploy deprecate detach detect disable discard disconnect dispatch
    dispute download edit enable end enqueue enrich enrol enroll enter escalate exceed exchange execute expire
    export fail fetch finalise finalize finish flag fulfil fulfill generate grant handle identify import increase
    initialise initialize initiate insert inspect install invalidate invite invoke issue join launch like link
    list load lock log match merge migrate modify move notify offer open order pack park pass patch pause pick
    place plan post prepare process produce promote provision publish purchase purge queue rate reach recalculate
    receive reconcile record recover redeem refresh refund register reject release remove rename renew reopen
    replace report request reschedule reserve resize resolve restart restore resume retire retry return reverse
    review revoke route sample save scan schedule score search select share ship sign start stop store submit
    subscribe succeed suspend sync synchronize terminate time track transfer transform trigger unblock unlink
    unlock unpublish unsubscribe update upgrade upload use validate verify view visit vote work
"""
_IRREGULAR = {
    "become": "become", "begin": "begun", "bind": "bound", "break": "broken", "bring": "brought", "build": "built",
    "buy": "bought", "catch": "caught", "choose": "chosen", "come": "come", "cut": "cut", "deal": "dealt", "do": "done",
    "draw": "drawn", "drive": "driven", "fall": "fallen", "find": "found", "forget": "forgotten", "freeze": "frozen",
    "get": "got", "give": "given", "go": "gone", "grow": "grown", "have": "had", "hide": "hidden", "hit": "hit",
    "hold": "held", "keep": "kept", "know": "known", "lead": "led", "leave": "left", "lend": "lent", "let": "let",
    "lose": "lost", "make": "made", "meet": "met", "override": "overridden", "overwrite": "overwritten", "pay": "paid",
    "prepay": "prepaid", "put": "put", "quit": "quit", "read": "read", "rebuild": "rebuilt", "repay": "repaid",
    "resell": "resold", "resend": "resent", "reset": "reset", "rewrite": "rewritten", "rise": "risen", "run": "run",
    "see": "seen", "sell": "sold", "send": "sent", "set": "set", "shut": "shut", "sleep": "slept", "speak": "spoken",
    "spend": "spent", "split": "split", "stand": "stood", "steal": "stolen", "swap": "swapped", "take": "taken",
    "teach": "taught", "tell": "told", "think": "thought", "undo": "undone", "understand": "understood", "win": "won",
    "withdraw": "withdrawn", "withhold": "withheld", "write": "written",
}  # fmt: skip
# those that double their last letter, some only in British English
_DOUBLED = """
    begin cancel commit cut drop enrol flag forget fulfil get hit let log plan put quit reset run scan set ship
    shut split stop submit swap transfer win
"""

_WORD = pattern(r"[A-Za-z]+\Z")


def participle(verb: str) -> str:
    """The past participle of a verb.

    >>> [participle(verb) for verb in ("send", "create", "notify", "ship", "deploy")]
    ['sent', 'created', 'notified', 'shipped', 'deployed']
    """
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + verb[-1] * (verb in _doubled()) + "ed"


def meant(word: str) -> str | None:
    """The past participle, where a word is certainly a verb in another form; None where it is one, or may be.

    >>> [meant(word) for word in ("create", "creating", "ships", "sends")]
    ['created', 'created', 'shipped', 'sent']
    >>> [meant(word) for word in ("created", "sent", "begun", "reset", "status", "building", "order", "command")]
    [None, None, None, None, None, None, None, None]
    """
    word = word.lower()
    forms, participles = _known()
    return forms.get(word) if word not in participles else None


def last_word(name: str) -> str:
    """The last word of a name: `placed` of `order.placed`, `order-placed`, `order_placed` and `OrderPlaced`."""
    match = _WORD.search(name.rpartition(".")[2][-MAX_WORD:])
    word = match[0] if match else ""
    start = max((index for index, letter in enumerate(word) if letter.isupper() and not word.isupper()), default=0)
    return word[start:]


def _forms(verb: str) -> tuple[str, ...]:
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb + verb[-1] * (verb in _doubled())
    third = verb[:-1] + "ies" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else verb + "s"
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        third = verb + "es"
    return verb, third, stem + "ing"


# Verbs that are nouns as often: what the event is about may be a `payment.order`, a `monthly.report`, a `booking`.
_NOUNS = """
    answer block book bounce build buy call capture catch charge check claim click copy credit cut deal debit
    decrease deploy dispatch dispute download draw drive edit end exchange export fall find flag grant hit hold
    import increase install invite issue join launch lead leave like link list load lock log match merge move
    offer order pack park pass patch pause pick plan post process produce purchase queue quit rate reach read
    record refund release report request reset restart retry return reverse review rise route run sample scan
    schedule score search set share sign sleep split stand start steal stop store swap sync time track transfer
    transform trigger upgrade upload use view visit vote win work
"""
_GERUNDS = """
    billing binding booking building dealing drawing ending filing finding handling holding issuing lending
    listing loading meeting offering opening packing parking posting pricing processing rating reading recording
    routing running scheduling setting shipping showing standing tracking training understanding using working
"""


@cache
def _doubled() -> frozenset[str]:
    return frozenset(_DOUBLED.split())


@cache
def _known() -> tuple[dict[str, str], frozenset[str]]:
    """Every form of a verb that is certainly no participle, with the participle; and all participles."""
    forms, nouns, gerunds = {}, frozenset(_NOUNS.split()), frozenset(_GERUNDS.split())
    verbs = [*_REGULAR.split(), *_IRREGULAR]
    for verb in verbs:
        base, third, gerund = _forms(verb)
        told = () if verb in nouns else (base, third)
        for form in (*told, *(() if gerund in gerunds else (gerund,))):
            forms[form] = participle(verb)
    return forms, frozenset(map(participle, verbs))
