import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTabBar,
    QTimeEdit,
    QToolButton,
    QWidget,
)

from tests.ui.pictures import colors_of
from ui import theme
from ui.preferences import Preferences
from ui.theme import DARK, LIGHT, Mode, Tokens, contrast

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
TEXT_RATIO = 4.5  # WCAG 2.2, 1.4.3
PART_RATIO = 3.0  # WCAG 2.2, 1.4.11


def test_contrast_of_black_and_white_is_twenty_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@THEMES
@pytest.mark.parametrize("ground", ["ground", "surface", "raised", "free_day", "selection"])
@pytest.mark.parametrize("ink", ["text", "muted"])
def test_text_is_readable_on_every_ground(tokens: Tokens, ground, ink):
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= TEXT_RATIO


@THEMES
@pytest.mark.parametrize("tone", ["danger", "warning", "success"])
def test_tones_are_readable_on_surface_and_on_their_fill(tokens: Tokens, tone):
    for ground in (tokens.surface, tokens.free_day, getattr(tokens, f"{tone}_fill")):
        assert contrast(getattr(tokens, tone), ground) >= TEXT_RATIO


@THEMES
def test_shift_bars_are_readable_filled_and_outlined(tokens: Tokens):
    for fill, ink in tokens.shifts:
        assert contrast(ink, fill) >= TEXT_RATIO
        assert contrast(ink, tokens.surface) >= TEXT_RATIO


@THEMES
def test_buttons_boxes_and_links_stand_out(tokens: Tokens):
    assert contrast(tokens.on_accent, tokens.accent) >= TEXT_RATIO
    assert contrast(tokens.on_accent, tokens.accent_hover) >= TEXT_RATIO
    assert contrast(tokens.accent, tokens.surface) >= TEXT_RATIO
    for ground in (tokens.surface, tokens.ground):
        assert contrast(tokens.outline, ground) >= PART_RATIO


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_choice_dresses_the_program(qapp: QApplication, mode):
    dressed = theme.install(qapp, mode)
    expected = DARK if mode is Mode.DARK else LIGHT
    assert dressed.tokens is expected
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == expected.ground


def test_unknown_system_theme_counts_as_light(qapp: QApplication):
    assert theme.install(qapp, Mode.SYSTEM).tokens is LIGHT


def test_symbols_follow_the_theme(qtbot, qapp: QApplication):
    button = QPushButton("x")
    qtbot.addWidget(button)
    theme.set_icon(button, "play")
    light = button.icon().pixmap(18, 18).toImage()
    theme.install(qapp, Mode.DARK)
    assert button.icon().pixmap(18, 18).toImage() != light


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_checkbox_border_is_visible(qtbot, qapp: QApplication, mode):
    dressed = theme.install(qapp, mode)
    box = QCheckBox("x")
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    picture = box.grab().toImage()
    colors = {picture.pixelColor(x, y).name() for x in range(20) for y in range(picture.height())}
    assert dressed.tokens.outline in colors


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_spin_box_shows_its_arrows(qtbot, qapp: QApplication, mode):
    dressed = theme.install(qapp, mode)
    box = QSpinBox()
    qtbot.addWidget(box)
    box.resize(150, 32)
    picture = box.grab().toImage()
    right = {picture.pixelColor(x, y).name() for x in range(130, 148) for y in range(4, 28)}
    assert len(right - {dressed.tokens.surface}) > 2


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize(
    "kind", [QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit]
)
def test_a_field_that_takes_nothing_looks_so(qtbot, qapp: QApplication, mode, kind: type[QWidget]):
    dressed = theme.install(qapp, mode)
    field = kind()
    qtbot.addWidget(field)
    field.resize(150, 32)
    assert field.grab().toImage().pixelColor(75, 5).name() == dressed.tokens.surface
    field.setEnabled(False)
    assert field.grab().toImage().pixelColor(75, 5).name() == dressed.tokens.ground


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_the_cross_that_empties_a_field_stands_in_its_middle(qtbot, qapp: QApplication, mode):
    theme.install(qapp, mode)
    field = QLineEdit("x")
    field.setClearButtonEnabled(True)
    qtbot.addWidget(field)
    field.resize(150, 32)
    field.show()
    cross = field.findChild(QToolButton)
    assert abs(cross.geometry().center().y() - field.rect().center().y()) <= 1
    assert field.rect().contains(cross.geometry())


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_tabs_that_do_not_fit_have_arrows(qtbot, qapp: QApplication, mode):
    dressed = theme.install(qapp, mode)
    bar = QTabBar()
    qtbot.addWidget(bar)
    for number in range(9):
        bar.addTab(f"tab {number}")
    bar.resize(200, 36)
    bar.show()
    for arrow in bar.findChildren(QToolButton):
        assert dressed.tokens.muted in colors_of(arrow)


def test_preferences_are_kept(tmp_path):
    first = Preferences(tmp_path / "window.ini")
    first.mode, first.language = Mode.DARK, "en"
    plan = tmp_path / "a.narvaro"
    plan.touch()
    first.remember(str(plan))
    first.remember(str(tmp_path / "gone.narvaro"))
    first._file.sync()
    second = Preferences(tmp_path / "window.ini")
    assert (second.mode, second.language) == (Mode.DARK, "en")
    assert second.recent == (str(plan),)


def test_unreadable_preferences_count_as_not_set(tmp_path):
    (tmp_path / "window.ini").write_text("[General]\ntheme=pink\nlanguage=xx\nrecent=@Invalid()\n")
    preferences = Preferences(tmp_path / "window.ini")
    assert (preferences.mode, preferences.language) == (Mode.SYSTEM, "sv")
    assert preferences.recent == ()
