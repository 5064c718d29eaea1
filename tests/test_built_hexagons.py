"""Positions put together into hexagons."""

import numpy as np

from layers.built.hexagons import centres, hexagons, mercator, size_at

WIDTH = 0.1


def test_a_position_belongs_to_the_hexagon_whose_middle_is_nearest():
    """No middle of the grid is nearer to a point than that of its own hexagon."""
    x, y = np.random.default_rng(1).random((2, 500))
    column, row = hexagons(x, y, WIDTH)
    own_x, own_y = centres(column, row, WIDTH)
    columns, rows = (grid.ravel() for grid in np.meshgrid(np.arange(-2, 13), np.arange(-2, 14)))
    all_x, all_y = centres(columns, rows, WIDTH)
    nearest = np.hypot(all_x[:, None] - x, all_y[:, None] - y).min(axis=0)
    assert np.allclose(np.hypot(own_x - x, own_y - y), nearest)


def test_the_middle_of_a_hexagon_lies_in_it():
    """A hexagon's middle is of that hexagon, in even and in odd rows."""
    column, row = np.array([0, 3, -2, 5]), np.array([0, 1, 4, -3])
    assert np.array_equal(hexagons(*centres(column, row, WIDTH), WIDTH), [column, row])


def test_a_grid_stays_between_two_halves_of_a_zoom_and_is_half_as_wide_at_the_next():
    """Zooming a little leaves the hexagons where they are."""
    assert size_at(4.75) == size_at(5) == size_at(5.25)
    assert size_at(6) == size_at(5) / 2


def test_mercator_is_the_unit_square_with_y_down():
    """Null Island is its middle, and Web Mercator's northern end is its upper edge."""
    x, y = mercator(np.array([0.0, 180.0]), np.array([0.0, 85.051129]))
    assert np.allclose(x, [0.5, 1.0])
    assert np.allclose(y, [0.5, 0.0], atol=1e-7)
