"""Decoding: which encoding, mended or refused."""

import pytest

from pipeline.decoding import Decoded, Refusal, decode
from pipeline.legibility import LEGIBLE, legibility

TEXT = (
    "平山县2023年工作总结\r\n一、主要指标：全年完成投资3.2亿元，同比增长12.5%；新增就业8200人，“两癌”筛查覆盖率达到九成以上。\r\n"
    * 3
)
TRADITIONAL = "各區堅持統籌發展與安全，醫療衛生機構運轉平穩，全年新增就業8200人，較上年增長12.5%。\r\n" * 3


@pytest.mark.parametrize(
    ("data", "text", "encoding", "basis"),
    [
        (TEXT.encode(), TEXT, "utf-8", "valid"),
        (TEXT.encode("utf-8-sig"), TEXT, "utf-8", "bom"),
        (TEXT.encode("utf-16"), TEXT, "utf-16-le", "bom"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT, "utf-16-be", "bom"),
        (TEXT.encode("utf-16-le"), TEXT, "utf-16-le", "detected"),
        (TEXT.encode("utf-16-be"), TEXT, "utf-16-be", "detected"),
        (b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"), TEXT, "utf-32-le", "bom"),
        (TEXT.encode("gb18030"), TEXT, "gb18030", "detected"),
        (TEXT.encode("gbk"), TEXT, "gb18030", "detected"),
        (TRADITIONAL.encode("big5"), TRADITIONAL, "big5hkscs", "detected"),
        (TRADITIONAL.encode("gb18030"), TRADITIONAL, "gb18030", "detected"),
        (b"plain ASCII report, 2023", "plain ASCII report, 2023", "utf-8", "valid"),
    ],
)
def test_text_is_read_in_its_encoding(data, text, encoding, basis):
    assert decode(data) == Decoded(text, encoding, basis, "text/plain")


@pytest.mark.parametrize(
    ("really", "read_as", "text"),
    [
        ("utf-8", "latin-1", TEXT),
        ("gb18030", "latin-1", TEXT),
        ("gb18030", "cp1252", "增长百分之五，全县新建学校三所，改造三所。"),
        ("utf-8", "gb18030", "各项工作"),
        ("big5", "latin-1", TRADITIONAL),
    ],
)
def test_a_misreading_that_lost_nothing_is_undone(really, read_as, text):
    misread = text.encode(really).decode(read_as)
    assert legibility(misread) < LEGIBLE
    decoded = decode(misread.encode())
    assert isinstance(decoded, Decoded)
    assert decoded.text == text
    assert " misread as " in decoded.encoding
    assert decoded.basis == "detected"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"\x00" * 64, "empty"),
        ("\u3000\n".encode(), "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "binary"),
        (b"PK\x03\x04\x14\x00\x06\x00", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (bytes(range(256)) * 4, "binary"),
        ((TEXT.encode().decode("gb18030", "replace")).encode(), "mojibake"),
        ((TEXT.encode("gb18030").decode("big5", "replace")).encode(), "mojibake"),
        (("全县锟斤拷锟斤拷完成投资锟斤拷亿元，" * 5).encode(), "mojibake"),
        ("笆鞍俺笆濉逼陂间，锛岄瀯鐜夊潶鍜岃皭绀句細寤鸿".encode(), "mojibake"),
    ],
)
def test_what_is_no_text_is_refused(data, reason):
    result = decode(data)
    assert isinstance(result, Refusal), result
    assert result.reason == reason
    assert result.detail
    assert result.remedy


def test_a_file_cut_within_its_last_character_is_still_text():
    decoded = decode(TEXT.rstrip().encode()[:-1])
    assert isinstance(decoded, Decoded)
    assert (decoded.encoding, decoded.basis) == ("utf-8", "detected")


def test_a_few_nul_bytes_do_not_make_a_text_binary():
    assert isinstance(decode(TEXT.encode().replace(b"\r\n", b"\x00\r\n", 2)), Decoded)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TRADITIONAL,
        "衛(wèi)生健康委員會堅(jiān)持以基層為(wèi)重點",
        "王喆、李堃、张翀、刘昕婧、赵鑫淼、孙骞、周玥、吴霈、郑祎、陈彧等被评为先进个人",
        "α粒子、β系数、面积≥120㎡、①②③、Ⅰ类、Ⅱ级、±0.5℃、×3",
    ],
)
def test_what_people_write_is_legible(text):
    assert legibility(text) >= LEGIBLE


def test_html_is_named_by_its_media_type():
    decoded = decode(b"<!DOCTYPE html><html><body>x</body></html>")
    assert isinstance(decoded, Decoded)
    assert decoded.media_type == "text/html"
