using System.Xml.Linq;
using AuthServer.Core.Users;
using AuthServer.TestKit;
using AuthServer.Web.Pages;

namespace AuthServer.Web.Tests.Pages;

public sealed class LanguageTests
{
    [Fact]
    public void Both_languages_have_every_text()
    {
        var english = Texts("Texts.resx");
        var japanese = Texts("Texts.ja.resx");

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), japanese.Keys.Order(StringComparer.Ordinal));
        Assert.All(english.Concat(japanese), text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
        Assert.All(english, text => Assert.Equal(text.Value.Contains("{0}", StringComparison.Ordinal), japanese[text.Key].Contains("{0}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_problem_of_a_password_and_every_kind_of_error_has_its_text()
    {
        var english = Texts("Texts.resx");

        Assert.All(Enum.GetNames<PasswordProblem>(), problem => Assert.Contains("Signup.Password." + problem, english));
        Assert.All(Enum.GetNames<PageErrorKind>(), kind => Assert.Contains("Error." + kind, english));
        Assert.All(Enum.GetNames<PageErrorKind>(), kind => Assert.Contains($"Error.{kind}.More", english));
        Assert.All(Core.Scopes.Standard, scope => Assert.Contains("Scope." + scope, english));
    }

    [Theory]
    [InlineData("ja", "", "ja")]
    [InlineData("fr ja-JP en", "en", "ja")]
    [InlineData("", "fr,ja", "ja")]
    [InlineData("", "fr", "en")]
    [InlineData("de", "JA-jp", "ja")]
    public void The_wish_of_the_request_comes_first_then_the_browsers(string wishes, string accepted, string chosen) =>
        Assert.Equal(chosen, PageLanguage.Choose(wishes.Split(' '), accepted.Split(','), ["en", "ja"]));

    [Fact]
    public void A_language_that_the_tenant_does_not_enable_is_not_spoken()
    {
        Assert.Equal("en", PageLanguage.Choose(["ja"], ["ja"], ["en", "fr"]));
        Assert.Equal("ja", PageLanguage.Choose(["en"], ["en"], ["ja"]));
        Assert.Equal("en", PageLanguage.Choose(["fr"], ["fr"], ["fr"]));
    }

    [Fact]
    public async Task The_request_and_the_browser_choose()
    {
        await using var server = new TestServer();
        var client = await server.ClientAsync();
        using var japanese = new Browser(server, language: "ja-JP,en;q=0.5");
        await japanese.OpenAsync(client.Authorize());
        Assert.Equal("ja", japanese.Page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("サインイン", japanese.Html, StringComparison.Ordinal);
        Assert.Equal("ja", Assert.Single(japanese.Answer.Content.Headers.ContentLanguage));

        using var english = new Browser(server);
        await english.OpenAsync(client.Authorize(("ui_locales", "ja")));
        Assert.Equal("ja", english.Page.DocumentElement.GetAttribute("lang"));
        await english.SignInAsync(password: "wrong");
        Assert.Contains("メールアドレスまたはパスワードが正しくない", english.Text, StringComparison.Ordinal);

        await japanese.OpenAsync("/nothing-here");
        Assert.Contains("ページが見つかりません", japanese.Text, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Texts(string file) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", "AuthServer.Web", "Resources", file)).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);
}
