"""`python fairness.py`: how fair the drawing of lots is, how fast, and how it compares.

Needs the extra `test` for the draws by brute force; with `ortools` from the extra `bench` it is held against a solver.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs

import untoc_network_lots as lots
from fairness_plot import plot
from untoc_network_lots.constraints import compile_draw_state, list_constraints
from untoc_network_lots.draw_problem import iterate_bits
from untoc_network_lots.draw_state import DrawState
from untoc_network_lots.exact_distribution import ExactDraw
from untoc_network_lots.randomness import draw_order

ON = "2022-10-31"
NAIVE_RUNS = 300
SMALL_SOLVES = 600
REAL_SOLVES = 3
SOLVER_SECONDS = 60
SIZES = (195, 390, 585, 1_000)

Place = tuple[str, lots.ReviewerSide, str]


def small() -> lots.Inputs:
    """Six States in two regional groups of three; each is a review group, so that the order of turns is settled."""
    terms = lots.Terms.usual(with_analogies=True).with_number("review_groups", 6, source="benchmark")
    states = enumerate(("XA", "XB", "XC", "XD", "XE", "XF"), 1)
    return lots.Inputs(
        participants=tuple(
            lots.Participant(
                code=code, instruments=("UNTOC",), regional_group="north" if at < 4 else "south", review_group=at
            )
            for at, code in states
        ),
        terms=terms,
    )


def places_of(record: lots.DrawRecord) -> list[Place]:
    """Who was drawn for whom, on which side."""
    return [(review.state, one.side, one.state) for review in record.reviews for one in review.reviewers]


def against_exact(draws: int) -> dict[str, Any]:
    """Frequencies over many seeds against exact probabilities, and both against all outcomes being as likely."""
    inputs = small()
    groups = {one.code: one.review_group or 0 for one in inputs.participants}
    exact = ExactDraw(inputs, groups, list_constraints(inputs)).outcomes()
    seen: Counter[frozenset[Place]] = Counter()
    for number in range(draws):
        seen[frozenset(places_of(lots.draw(inputs, seed=f"fair {number}")))] += 1
    chances, even = marginals(exact), marginals(dict.fromkeys(exact, Fraction(1, len(exact))))
    observed = marginals({outcome: Fraction(times, draws) for outcome, times in seen.items()})
    solved = solved_small(inputs)
    return {
        "draws": draws,
        "outcomes": len(exact),
        "outcomes_seen": len(seen),
        "chi_squared": float(
            sum((seen[one] - draws * chance) ** 2 / (draws * chance) for one, chance in exact.items())
        ),
        "degrees_of_freedom": len(exact) - 1,
        "largest_deviation_in_sigmas": max(
            abs(float(observed.get(place, 0)) - float(p)) / math.sqrt(float(p) * (1 - float(p)) / draws)
            for place, p in chances.items()
        ),
        "likeliest_over_least_likely_outcome": float(max(exact.values()) / min(exact.values())),
        "distance_from_even": float(sum(abs(chance - Fraction(1, len(exact))) for chance in exact.values()) / 2),
        "solver_outcomes_seen": len(solved),
        "solver_distance_from_even": distance(solved, exact) if solved else None,
        "same_number_of_draws_distance_from_even": distance(first(seen, inputs), exact),
        "points": [
            [float(even[place]), float(chances[place]), float(observed.get(place, 0)), marginal(solved, place)]
            for place in sorted(chances)
        ],
    }


def first(_: object, inputs: lots.Inputs) -> Counter[frozenset[Place]]:
    """As many draws as the solver had solves, for a like comparison."""
    return Counter(frozenset(places_of(lots.draw(inputs, seed=f"alike {n}"))) for n in range(SMALL_SOLVES))


def marginals(outcomes: dict[frozenset[Place], Fraction]) -> dict[Place, Fraction]:
    """The probability of each place from those of the outcomes."""
    found: dict[Place, Fraction] = {}
    for outcome, chance in outcomes.items():
        for place in outcome:
            found[place] = found.get(place, Fraction(0)) + chance
    return found


def marginal(seen: Counter[frozenset[Place]], place: Place) -> float | None:
    """How often a place was so."""
    return sum(times for outcome, times in seen.items() if place in outcome) / seen.total() if seen else None


def distance(seen: Counter[frozenset[Place]], exact: dict[frozenset[Place], Fraction]) -> float:
    """Total variation distance of what was seen from all outcomes being as likely; sampling alone makes some."""
    return sum(abs(seen[one] / seen.total() - 1 / len(exact)) for one in exact) / 2


# -- the real parties ------------------------------------------------------------------------------------------------


def many_seeds(seeds: int) -> dict[str, Any]:
    """Draws in a row among the real parties: all complete, how long, how many lots passed over, and the loads."""
    inputs = lots.packaged_inputs(terms=lots.Terms.usual(with_analogies=True))
    times, kinds, loads = [], Counter[str](), Counter[int]()
    by_state: Counter[str] = Counter()
    for number in range(seeds):
        start = time.perf_counter()
        record = lots.draw(inputs, seed=f"seed {number}")
        times.append(time.perf_counter() - start)
        for ticket in record.tickets:
            kinds["lots"] += 1
            kinds["reviewer lots"] += ticket.purpose is lots.LotPurpose.REVIEWER
            kinds["passed over"] += len(ticket.passed_over)
            kinds["undecided"] += len(ticket.undecided)
            kinds["lots with someone undecided"] += bool(ticket.undecided)
        load = Counter(one for _, _, one in places_of(record))
        loads.update(load.values())
        by_state.update(load)
        if number % 100 == 0:
            assert not list(lots.violations(inputs, record.reviews))
    mean = {one.code: by_state[one.code] / seeds for one in inputs.participants}
    return {
        "seeds": seeds,
        "complete": len(times),
        "restarts": 0,
        "median_seconds": statistics.median(times),
        "slowest_seconds": max(times),
        **kinds,
        "load_shares": {str(load): loads[load] / loads.total() for load in sorted(loads)},
        "mean_load": statistics.fmean(mean.values()),
        "mean_load_by_regional_group": by_group(inputs, lambda one: mean[one.code]),
        "mean_load_by_number_of_instruments": by_instruments(inputs, lambda one: mean[one.code]),
        "correlation_of_load_with_place_in_alphabet": statistics.correlation(
            list(range(len(mean))), [mean[code] for code in sorted(mean)]
        ),
    }


def by_group(inputs: lots.Inputs, of: Callable[[lots.Participant], float]) -> dict[str, float]:
    """A mean per regional group."""
    groups = sorted({one.regional_group or "none" for one in inputs.participants})
    return {
        str(group): statistics.fmean(of(one) for one in inputs.participants if (one.regional_group or "none") == group)
        for group in groups
    }


def by_instruments(inputs: lots.Inputs, of: Callable[[lots.Participant], float]) -> dict[str, float]:
    """A mean per number of instruments."""
    return {
        str(number): statistics.fmean(of(one) for one in inputs.participants if len(one.instruments) == number)
        for number in sorted({len(one.instruments) for one in inputs.participants})
    }


def naive() -> dict[str, Any]:
    """Draws lot by lot by each rule alone, without looking ahead: how often they come to a dead end."""
    inputs = lots.packaged_inputs(terms=lots.Terms.usual(with_analogies=True))
    ends, loads = Counter[str](), Counter[int]()
    for number in range(NAIVE_RUNS):
        draw_state = compile_draw_state(inputs, {}, list_constraints(inputs))
        ends[_naive(draw_state, lots.seed_of({"naive": str(number)}).value)] += 1
        loads.update(reviewing.bit_count() for reviewing in draw_state.reviewing)
    shares = {str(load): loads[load] / loads.total() for load in sorted(loads)}
    return {"runs": NAIVE_RUNS, "ends": dict(ends), "load_shares": shares}


def _naive(draw_state: DrawState, seed: str) -> str:
    codes, lot = draw_state.problem.codes, 0
    number = {code: at for at, code in enumerate(codes)}
    for state in draw_order(seed, 0, codes):
        for unit in draw_state.problem.units_of[number[state]]:
            while draw_state.missing[unit]:
                lot += 1
                candidates = [codes[one] for one in iterate_bits(draw_state.candidates(unit))]
                if not candidates:
                    return "nobody left to draw"
                draw_state.take(unit, number[draw_order(seed, lot, candidates)[0]])
    return "a State without a review" if draw_state.owing else "complete"


def growth() -> dict[str, Any]:
    """Seconds to draw and to verify with more parties, made by copying the real ones, and the exponents."""
    real = lots.packaged_inputs(terms=lots.Terms.usual(with_analogies=True))
    measured: dict[str, dict[str, float]] = {}
    for size in SIZES:
        copies = -(-size // len(real.participants))
        every = [attrs.evolve(one, code=f"{one.code}{n}") for n in range(copies) for one in real.participants]
        inputs = attrs.evolve(real, participants=tuple(every[:size]))
        drawing, record = timed(lambda inputs=inputs: lots.draw(inputs, seed="growth"))
        verifying, report = timed(lambda record=record: lots.verify(record))
        assert report.ok
        undecided = sum(len(ticket.undecided) for ticket in record.tickets)
        measured[str(size)] = {
            "draw": drawing,
            "verify": verifying,
            "lots": len(record.tickets),
            "undecided": undecided,
        }
    low, high = measured[str(SIZES[0])], measured[str(SIZES[-1])]
    return measured | {
        f"{work}_exponent": math.log(high[work] / low[work]) / math.log(SIZES[-1] / SIZES[0])
        for work in ("draw", "verify")
    }


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Wall seconds, and the result."""
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


# -- a solver --------------------------------------------------------------------------------------------------------


def solved_small(inputs: lots.Inputs) -> Counter[frozenset[Place]]:
    """What a solver answers to the small draw with different random seeds; empty without one."""
    if importlib.util.find_spec("ortools") is None:
        return Counter()
    return Counter(solution(inputs, seed, weighted=True)[0] for seed in range(SMALL_SOLVES))


def solver() -> dict[str, Any] | None:
    """A solver on the real parties: seconds, and the loads of its answers."""
    if importlib.util.find_spec("ortools") is None:
        return None
    inputs, loads, times = lots.packaged_inputs(terms=lots.Terms.usual(with_analogies=True)), Counter[int](), []
    for seed in range(REAL_SOLVES):
        try:
            found, seconds = solution(inputs, seed, weighted=False)
        except TimeoutError:
            continue
        times.append(seconds)
        load = Counter(one for _, _, one in found)
        loads.update(load[one.code] for one in inputs.participants)
    shares = {str(load): loads[load] / loads.total() for load in sorted(loads)}
    return {"solver": "OR-Tools CP-SAT, one worker, any answer", "seconds": times, "load_shares": shares}


def solution(inputs: lots.Inputs, seed: int, *, weighted: bool) -> tuple[frozenset[Place], float]:
    """One answer of CP-SAT: a first reviewer and at most one additional one on each side."""
    from ortools.sat.python import cp_model

    draw_state = compile_draw_state(inputs, {}, list_constraints(inputs))
    problem, model = draw_state.problem, cp_model.CpModel()
    firsts, others = ({}, {})
    arcs: dict[tuple[int, int], list[Any]] = {}
    for number, unit in enumerate(problem.units):
        for one in iterate_bits(unit.eligible & problem.having_any[unit.needs]):
            firsts[number, one], others[number, one] = model.new_bool_var(""), model.new_bool_var("")
            arcs.setdefault((unit.state, one), []).extend((firsts[number, one], others[number, one]))
        able = [one for one in iterate_bits(unit.eligible) if (number, one) in firsts]
        model.add_exactly_one(firsts[number, one] for one in able)
        model.add_at_most_one(others[number, one] for one in able)
        for bit in iterate_bits(unit.needs):
            held = [one for one in able if problem.instruments[one] >> bit & 1]
            model.add_bool_or(some[number, one] for some in (firsts, others) for one in held)
        for one in able:
            lacking = (o for o in able if problem.instruments[one] & unit.needs & ~problem.instruments[o])
            model.add_bool_or(others[number, one].negated(), *(firsts[number, o] for o in lacking))
    _add_bounds(model, problem, arcs)
    if weighted:  # without weights of chance it gives one and the same answer whatever its seed
        value = lots.seed_of({"solver": str(seed)}).value
        weights = {key: int(lots.lot(value, key[0], problem.codes[key[1]])[:4], 16) for key in firsts}
        model.maximize(sum(weights[key] * var for key, var in firsts.items()))
    engine = cp_model.CpSolver()
    engine.parameters.random_seed, engine.parameters.num_workers = seed, 1
    engine.parameters.max_time_in_seconds = SOLVER_SECONDS
    start = time.perf_counter()
    status = engine.solve(model)
    if status not in (cp_model.FEASIBLE, cp_model.OPTIMAL):
        raise TimeoutError(engine.status_name(status))
    seconds = time.perf_counter() - start
    drawn = (key for some in (firsts, others) for key, var in some.items() if engine.value(var))
    return (
        frozenset(
            (problem.codes[problem.units[unit].state], problem.units[unit].side, problem.codes[one])
            for unit, one in drawn
        ),
        seconds,
    )


def _add_bounds(model: Any, problem: Any, arcs: dict[tuple[int, int], list[Any]]) -> None:
    for state in range(len(problem.codes)):
        of = [var for (reviewed, _), some in arcs.items() if reviewed == state for var in some]
        by = [var for (_, reviewer), some in arcs.items() if reviewer == state for var in some]
        model.add(sum(of) <= problem.most_reviewers[state])
        model.add_linear_constraint(sum(by), problem.least[state], problem.most[state])
    for (state, one), some in arcs.items():
        model.add_at_most_one((*some, *(arcs.get((one, state), ()) if state < one else ())))


PARTS: dict[str, Callable[[argparse.Namespace], Any]] = {
    "exact": lambda chosen: against_exact(chosen.draws),
    "seeds": lambda chosen: many_seeds(chosen.seeds),
    "naive": lambda _: naive(),
    "solver": lambda _: solver(),
    "growth": lambda _: growth(),
}


def main(arguments: Iterable[str] | None = None) -> None:
    """Measure, print, and write what is asked for."""
    parser = argparse.ArgumentParser(prog="fairness.py", description=__doc__)
    parser.add_argument("--parts", nargs="+", choices=tuple(PARTS), default=list(PARTS), help="only these")
    parser.add_argument("--draws", type=int, default=4_000, help="small draws held against exact probabilities")
    parser.add_argument("--seeds", type=int, default=1_000, help="draws in a row among the real parties")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write the figures here; those there already are kept"
    )
    parser.add_argument("--svg", type=Path, metavar="FILE", help="write the plot here")
    chosen = parser.parse_args(None if arguments is None else list(arguments))
    known = json.loads(chosen.json.read_text(encoding="utf-8")) if chosen.json and chosen.json.exists() else {}
    for part in chosen.parts:
        known[part] = PARTS[part](chosen)
        print(json.dumps({part: {k: v for k, v in (known[part] or {}).items() if k != "points"}}, indent=2), flush=True)
        if chosen.json:
            chosen.json.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    if chosen.svg:
        chosen.svg.write_text(plot(known), encoding="utf-8")


if __name__ == "__main__":
    main()
