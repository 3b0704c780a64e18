"""A rostering engine: who works which shift, and where in it.

It knows workers, shifts, tasks, demands and rules, and nothing of what they are for. Times are
whole minutes from the start of the horizon (earlier ones are negative); spans are half-open.

Glossary: *shift* — working time of one day that may be given to a worker · *task* — something to be
done at a place by a number of heads · *crew* — two workers who keep together through a shift ·
*demand* — workers wanted at work by time · *rule* — what a worker's shifts must keep ·
*level* — a rank in the order of importance · *fact* — a shift that may not change.
"""
