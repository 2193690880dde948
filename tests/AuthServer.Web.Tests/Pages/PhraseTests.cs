using System.Text.Encodings.Web;
using AuthServer.Web.Pages;
using Microsoft.Extensions.Localization;

namespace AuthServer.Web.Tests.Pages;

public sealed class PhraseTests
{
    [Theory]
    [InlineData("Contoso", """<span class="name">Contoso</span>""")]
    [InlineData("花田 花", """<span class="name">花田 花</span>""")]
    [InlineData("<b>", """<span class="name">&lt;b&gt;</span>""")]
    [InlineData("שלום", """<bdi class="name">שלום</bdi>""")]
    [InlineData("سلام", """<bdi class="name">سلام</bdi>""")]
    [InlineData("a\u202eb", "<bdi class=\"name\">a\u202eb</bdi>")]
    [InlineData("ada.king@contoso.example", """<span class="name">ada.<wbr>king@<wbr>contoso.<wbr>example</span>""")]
    public void A_name_is_set_apart_and_isolated_when_it_may_run_from_right_to_left(string name, string html) =>
        Assert.Equal($"to {html}!", Write(name));

    [Fact]
    public void A_number_is_written_as_a_name() => Assert.Equal("""to <span class="name">7</span>!""", Write(7));

    private static string Write(object name)
    {
        using var writer = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        new Phrase(new LocalizedString("key", "to {0}!"), name)
            .WriteTo(writer, HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All));
        return writer.ToString();
    }
}
