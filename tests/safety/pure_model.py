"""A model of all that can happen, walked exhaustively: ledger, network, server, crashes, people.

What to do next and what an answer means is decided by the program's own functions; the model only
carries out. Time goes by in ticks: a request is at most `LATEST` ticks on its way, the server's
queue holds it at most `QUEUE` more, and settling takes `WINDOW`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from rowpost.model.answers import Batch, BatchState, Cause, PostAnswer, Word
from rowpost.model.attempts import (
    Attempt,
    Conclusion,
    OpenAttempt,
    Outcome,
    RunFacts,
    SentRow,
    Stage,
    WaitingPart,
)
from rowpost.model.settings import SendingSettings
from rowpost.model.trouble import Remedy
from rowpost.sending import verdicts
from rowpost.sending.conclude import conclude
from rowpost.sending.decide import next_step
from rowpost.sending.steps import Ask, Due, Finish, Question, Save, Send, State, Step, Wait, What
from tests.safety.world import sending_rules

LATEST, QUEUE, WINDOW = 2, 1, 4
RULES = sending_rules(settle_seconds=WINDOW, breaker_percent=100, refused_percent_max=100)
NO_ANSWER = Cause("network.no_answer", Remedy.TRY_LATER)


@dataclass(frozen=True, slots=True)
class Brain:
    """What decides; a mutant has another part here and there."""

    next_step: Callable[[State], Step] = next_step
    conclude: Callable[[Attempt, PostAnswer], Conclusion] = conclude
    rules: SendingSettings = RULES
    intent_is_durable: bool = True
    network_is_bounded: bool = True
    people_release: bool = True


@dataclass(frozen=True, slots=True)
class Try:
    """An attempt in the ledger, and what this process knows of its time (`age`, `wait`, in ticks)."""

    stage: Stage
    looks: int = 0
    base: int = 0
    waited: int = 0
    age: int = 0
    wait: int = 0
    by_rule: bool = False
    open: bool = True  # never explained: a later refusal settles nothing
    batch: int = -1  # which arrival the answer spoke of


@dataclass(frozen=True, slots=True)
class World:
    """Everything there is. One invoice, in a part of its own.

    `row` is its stage; `under_way` the ages of requests that may yet arrive; `queued` of those in
    the server's queue; `taken` how often it stands in the server's books; `done` how many arrivals
    were worked off. `faults`, `crashes` and `releases` count what may still happen.
    """

    row: Stage = Stage.READY
    tries: tuple[Try, ...] = ()
    in_hand: int | None = None
    under_way: tuple[int, ...] = ()
    queued: tuple[int, ...] = ()
    taken: int = 0
    done: int = 0
    rejects: bool = False
    faults: int = 3
    crashes: int = 2
    releases: int = 1
    ended: bool = False

    @property
    def arrived(self) -> int:
        """How many requests the server has got."""
        return len(self.queued) + self.done


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk over all worlds found."""

    worlds: int
    wrong: dict[str, World] = field(default_factory=dict)


def walk(brain: Brain, faults: int = 3, crashes: int = 2) -> Walk:
    """Visit every world that can come to be; keep one example of each thing that must not be."""
    todo = [World(rejects=rejects, faults=faults, crashes=crashes) for rejects in (False, True)]
    seen = set(todo)
    wrong: dict[str, World] = {}
    while todo:
        world = todo.pop()
        for what in _wrong(world, brain):
            wrong.setdefault(what, world)
        for after in _after(world, brain):
            if after not in seen:
                seen.add(after)
                todo.append(after)
    return Walk(len(seen), wrong)


def _wrong(world: World, brain: Brain) -> Iterator[str]:
    """Tell what must never be."""
    may_come = bool(world.under_way)
    if world.taken > 1:
        yield "doubled"
    if world.row is Stage.ACCEPTED and not world.taken:
        yield "accepted, and not taken"
    if world.row is Stage.REJECTED and (world.taken or (may_come and not world.rejects)):
        yield "rejected, and taken"
    if world.row in (Stage.READY, Stage.CLAIMED) and world.taken and not _released(world):
        yield "waiting, and taken"
    if world.row is Stage.ABSENT and world.taken and brain.people_release:
        yield "absent, and taken"
    undecided = world.row in (Stage.INTENT, Stage.RECEIVED, Stage.NOT_KNOWN)
    if world.ended and undecided and not may_come:
        yield "stuck"


def _released(world: World) -> bool:
    return any(each.open and each.stage is Stage.CLAIMED for each in world.tries)


def _after(world: World, brain: Brain) -> Iterator[World]:
    """All worlds that can come next."""
    yield from _network(world)
    if world.crashes and not world.ended:
        yield _crashed(world, brain)
    yield from _people(world, brain) if world.ended else _carried_out(world, brain)


# -- Network and server ---------------------------------------------------------------------------


def _network(world: World) -> Iterator[World]:
    """A request arrives, or is lost; the server works one off."""
    for place in range(len(world.under_way)):
        left = replace(world, under_way=world.under_way[:place] + world.under_way[place + 1 :])
        yield from (_arrive(left), left)
    if world.queued:
        yield replace(world, queued=world.queued[1:], done=world.done + 1)


def _arrive(world: World) -> World:
    taken = world.taken + (not world.rejects)
    return replace(world, queued=(*world.queued, 0), taken=min(taken, 2))


def _tick(world: World, brain: Brain) -> World | None:
    """A tick goes by; None where something must happen first (a request is as late as it can be)."""
    if any(age >= LATEST for age in world.under_way) or any(age >= QUEUE for age in world.queued):
        return None
    return replace(
        world,
        under_way=tuple(age + brain.network_is_bounded for age in world.under_way),
        queued=tuple(age + 1 for age in world.queued),
        tries=tuple(
            replace(each, age=min(each.age + 1, 2 * WINDOW), wait=max(0, each.wait - 1))
            for each in world.tries
        ),
    )


# -- The process ------------------------------------------------------------------------------------


def _crashed(world: World, brain: Brain) -> World:
    """The process dies and starts again; what is not in the ledger is gone."""
    row, tries = world.row, world.tries
    if world.in_hand is not None and not brain.intent_is_durable:
        row, tries = Stage.CLAIMED, tries[:-1]
    fresh = tuple(replace(each, base=each.waited, age=0, wait=0) for each in tries)
    return replace(world, row=row, tries=fresh, in_hand=None, crashes=world.crashes - 1)


def _state(world: World, brain: Brain) -> State:
    waiting = world.row in (Stage.READY, Stage.CLAIMED) and len(world.tries) < 4
    open_ = [
        OpenAttempt(n, 1, 1, 1, each.stage, f"b{each.batch}", each.looks, each.waited, each.by_rule)
        for n, each in enumerate(world.tries)
        if each.stage in (Stage.INTENT, Stage.RECEIVED, Stage.NOT_KNOWN)
    ]
    facts = RunFacts("run", 1, WaitingPart(1, 1, 1) if waiting else None, tuple(open_))
    due = {each.attempt: Due(float(world.tries[each.attempt].wait)) for each in open_}
    return State(facts, brain.rules, 0.0, in_hand=world.in_hand, due=due)


def _carried_out(world: World, brain: Brain) -> Iterator[World]:
    step = brain.next_step(_state(world, brain))
    match step:
        case Save():
            yield _saved(world, step)
        case Send(attempt):
            yield from _sent(world, brain, attempt)
        case Ask(Question.BATCH, attempt):
            yield from _batch_asked(world, attempt)
        case Ask(_, attempt):
            yield from _looked_up(world, attempt)
        case Wait():
            later = _tick(world, brain)
            if later is not None:
                yield later
        case Finish():
            yield replace(world, ended=True)


def _saved(world: World, step: Save) -> World:
    n = step.target
    match step.what:
        case What.INTENT:
            tries = (*world.tries, Try(Stage.INTENT))
            return replace(world, row=Stage.INTENT, tries=tries, in_hand=len(world.tries))
        case What.LOST:
            lost = (_lost(each) if each.stage is Stage.INTENT else each for each in world.tries)
            return replace(world, row=Stage.NOT_KNOWN, tries=tuple(lost))
        case What.ABSENT:
            return _with(world, n, Stage.ABSENT, stage=Stage.ABSENT)
        case What.RELEASE:
            return _with(world, n, Stage.CLAIMED, stage=Stage.CLAIMED)
        case _:
            return replace(world, ended=True)


def _lost(each: Try) -> Try:
    return replace(each, stage=Stage.NOT_KNOWN, by_rule=True)


def _with(world: World, n: int, row: Stage, **changes: object) -> World:
    tries = list(world.tries)
    tries[n] = replace(tries[n], **changes)  # type: ignore[arg-type] # a Try's own fields
    return replace(world, row=row, tries=tuple(tries))


def _sent(world: World, brain: Brain, n: int) -> Iterator[World]:
    """Every way a POST can end; with no faults left it is taken and answered."""
    answered = _arrive(world)
    yield _concluded(answered, brain, n, PostAnswer(202, batch_id=f"b{answered.arrived - 1}"))
    if not world.faults:
        return
    worse = replace(world, faults=world.faults - 1)
    taken, late = _arrive(worse), replace(worse, under_way=(*worse.under_way, 0))
    for answer in (PostAnswer(0, NO_ANSWER), PostAnswer(503), PostAnswer(409)):
        for after in (worse, taken, late):
            yield _concluded(after, brain, n, answer)
    yield _concluded(taken, brain, n, PostAnswer(202))
    for answer in (PostAnswer(0, NO_ANSWER, never_sent=True), PostAnswer(429), PostAnswer(422, raw="no")):
        yield _concluded(worse, brain, n, answer)
    if world.crashes:  # after the bytes have left, before the answer is written down
        yield from (_crashed(after, brain) for after in (taken, late))


def _attempt(world: World, n: int) -> Attempt:
    earlier = any(each.open for each in world.tries[:n])
    row = SentRow(1, 0, "1", "source-1", b"{}", earlier)
    return Attempt(n, "", 1, 1, f"b{world.tries[n].batch}", (row,), datetime.min.replace(tzinfo=UTC), {})


def _concluded(world: World, brain: Brain, n: int, answer: PostAnswer) -> World:
    conclusion = brain.conclude(_attempt(world, n), answer)
    world = replace(world, in_hand=None)
    if conclusion.verdicts:
        return _judged(world, n, conclusion.verdicts[0].stage)
    match conclusion.outcome:
        case Outcome.RECEIVED:
            return _with(world, n, Stage.RECEIVED, stage=Stage.RECEIVED, batch=int(conclusion.batch_id[1:]))
        case Outcome.NOT_KNOWN:
            return _with(world, n, Stage.NOT_KNOWN, stage=Stage.NOT_KNOWN, by_rule=conclusion.by_rule)
        case _:
            return _with(world, n, Stage.CLAIMED, stage=Stage.CLAIMED, open=False)


def _judged(world: World, n: int, stage: Stage) -> World:
    if stage is Stage.NOT_KNOWN:
        return _with(world, n, stage, stage=stage, base=0, waited=0, age=0, wait=0)
    return _with(world, n, stage, stage=stage, open=False)


def _batch_asked(world: World, n: int) -> Iterator[World]:
    """The batch is still queued, or has its verdict; or the answer is lost, lacks the row, knows no batch."""
    each = world.tries[n]
    if each.batch < world.done:
        word = Word(not world.rejects, "1", raw="no")
        state = BatchState.FAILED if world.rejects else BatchState.SUCCESS
        yield _read(world, n, Batch("b", state, (word,)))
    else:
        yield _with(world, n, world.row, wait=1)
    if world.faults:
        worse = replace(world, faults=world.faults - 1)
        yield _with(worse, n, world.row, wait=1)
        yield _read(worse, n, Batch("b", BatchState.SUCCESS, ()))


def _read(world: World, n: int, batch: Batch) -> World:
    (verdict,) = verdicts.read(_attempt(world, n), batch).verdicts
    return _judged(world, n, verdict.stage)


def _looked_up(world: World, n: int) -> Iterator[World]:
    """The look-up finds the invoice once the server has worked it off; or it is not answered."""
    each = world.tries[n]
    waited = each.base + each.age
    if world.done and world.taken:
        yield _judged(world, n, Stage.ACCEPTED)
    else:
        looks = min(each.looks + 1, RULES.settle_looks)
        yield _with(world, n, world.row, looks=looks, waited=min(waited, 2 * WINDOW), wait=1)
    if world.faults:
        yield _with(replace(world, faults=world.faults - 1), n, world.row, wait=1)


# -- People -----------------------------------------------------------------------------------------


def _people(world: World, brain: Brain) -> Iterator[World]:
    """Somebody resumes, or releases what is settled as absent."""
    if world.row in (Stage.READY, Stage.CLAIMED) and len(world.tries) < 4:
        yield replace(world, ended=False)
    if world.row is Stage.ABSENT and world.releases and brain.people_release:
        n = max(place for place, each in enumerate(world.tries) if each.stage is Stage.ABSENT)
        released = _with(world, n, Stage.CLAIMED, stage=Stage.CLAIMED)
        yield replace(released, releases=world.releases - 1, ended=False)
