"""Made-up vendors whose futures can be drawn again: the same firm, other luck.

Distributions (U uniform, LN log-normal by median and sigma, Pois Poisson); money in thousands, hours in hours; N
opportunities, T weeks. They are fixed: figures of different dates compare.

=================  ===================================================================================================
opportunities      decline (for a quarter of deals at U(0, 0.05) of the margin in lost trust), normal effort, heavy
                   effort; 40 % have another offer, 15 % can be deferred; N / 20 accounts in 8 sectors
chance             normal effort Beta(2.2, 2.8) in 0.1 to 0.9; heavy 1 - (1 - chance) U(0.65, 0.9); deferred 0.95 times
luck               ranks of 0.6 * account + 0.8 * own noise; account 0.75 * sector + 0.66 * own; sector 0.5 * economy +
                   0.87 * own, all normal. Every chance is met to 1 / S, wins of less effort are wins of more, and what
                   a win brings is weighted so that its mean is exact
order              1, 2 or 3 packages (20, 40, 40 %) of 120 hours in the mean, LN sigma 0.5 (0.3 the order's, 0.4 the
                   package's own); 22 % need a second resource for U(0.3, 0.8) of the hours; popularity LN(1, 0.3)
windows            9 * (hours / 120)^0.35 +- 2 weeks in 6 to 14 (never over T / 2), first weeks uniform over what the
                   horizon leaves after week 2, late weeks U{1..4}; 30 % of orders are a chain of windows two
                   thirds as long, overlapping by at most a week
rate               at least U{2..6} weeks, and never over 45 % of a normal week of any resource used at 10 % overrun
                   (``lumpy`` lifts this); hours are cut to what the window can hold 1.25 times
margin             LN(60, 0.5) per hour, price = margin / U(0.2, 0.45), a win is worth U(1, 1.2) times the margin
not in time        late U(0.005, 0.02) of the price a week up to 10 %; half can be given outside up to U(0.3, 0.6) for
                   U(0.5, 1.3) of the margin; not done: U(1, 1.3) times the worth plus U(0.1, 0.2) of the price
least share        5 % of packages, U(0.2, 0.5) of an even pace
other offer        margin times f = U(0.7, 1.2), chance times f^-0.4 U(0.85, 1.15), hours times U(0.7, 1.05), due
                   U{2..6} weeks later
deferred           from two weeks later on, all work at its chance, each package optional: dropping it gives up its
                   share (by hours over capacity) of what the deal is expected to bring
presales           6 % of the order's hours times U(0.5, 1.5), heavy U(1.8, 2.5) times that, in the U{2..6} weeks before
                   the order; half of the deals take 40 % of it from those who deliver. Costs 1 % of the price times
                   U(0.5, 1.5), heavy U(2, 3) times that. Not done: what the deal is expected to bring
accounts           keep, grow, harvest, let go: worth LN(80 hours' margin, 0.7) times 1, 1.3, 0.85, 0.7 if it stays,
                   chance 0.85, 0.92, 0.65, 0.35; care U(2, 6) hours a week times 1, 2.2, 0.4, 0
projects           N / 20 under way, two packages of U(120, 360) hours due in weeks 7 to 20; as planned, slower (rate
                   times 0.75, 5 weeks longer, up to 1.5 % of the price), two people fewer (rate 0.65, hours 1.06,
                   3 weeks, up to 0.6 %)
technologies       0.4 sqrt(N), needed by about 8 % of offers (these have 1.3 times the margin): costs spread
                   over 0.03 to 0.35 of what they bring, now or a quarter later (5 % less, too late for early offers),
                   usable after 8 weeks, with two packages of U(0.3, 1) weeks of a resource
expansions         one per three resources, U(0.15, 0.4) of it after U{3..8} weeks and six of ramp, costs spread over
                   0.05 to 0.9 of the mean worth of their hours, now or a quarter later (0.72 of the cost)
arrivals           Pois by resource, four weeks and class of worth (0.45, 0.9, 1.53 of the mean per hour; 40, 40, 20 %),
                   growing to 20 % of the hours in mid-horizon, up and down with the economy; each enters at its chance,
                   optional, within ten weeks
overrun            LN(1, 0.1) by resource and future, met evenly
capacity           load / tightness: all at normal effort, orders by their chance, presales, care and projects as they
                   are; resources differ by U(0.8, 1.2), presales people have a quarter less to do; two holiday weeks of
                   60 %; overtime 20 % at U(15, 45) per hour
rows               exposure by sector at most U(0.6, 1.1) of all at normal effort (hard); revenue goals of U(0.4, 0.7)
                   for the two largest (0.05 per unit short); 5 % of opportunities in pairs of which one may be taken, 1
                   % in pairs that are only taken together
cash               a fifth with the order, the rest two months after it is due, costs while the work is done; opening
                   balance: what 1 / tightness of everything needs in nine of ten futures; 2 % a month under zero
=================  ===================================================================================================
"""

from benchmarks.generator.make import make_vendor
from benchmarks.generator.sizes import SIZES, Size
from benchmarks.generator.vendor import Vendor

__all__ = ["SIZES", "Size", "Vendor", "make_vendor"]
