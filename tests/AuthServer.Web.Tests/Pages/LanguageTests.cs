using System.Text.RegularExpressions;
using System.Xml.Linq;
using AuthServer.Core.Users;
using AuthServer.TestKit;
using AuthServer.Web.Pages;

namespace AuthServer.Web.Tests.Pages;

public sealed class LanguageTests
{
    private static readonly Regex Key = new(
        @"T\[""(?<key>[A-Za-z][\w.]*)""[\],]", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static readonly Regex Quoted = new(
        @"""(?<text>[A-Za-z][\w.]*)""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static readonly Regex Placeholder = new(@"\{\d\}", RegexOptions.None, TimeSpan.FromSeconds(1));

    [Fact]
    public void Both_languages_have_every_text()
    {
        var english = Texts("Texts.resx");
        var japanese = Texts("Texts.ja.resx");

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), japanese.Keys.Order(StringComparer.Ordinal));
        Assert.All(english.Concat(japanese), text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
        Assert.All(english, text => Assert.Equal(Placeholders(text.Value), Placeholders(japanese[text.Key])));
    }

    [Fact]
    public void Every_text_that_a_page_names_is_there()
    {
        var named = Architecture.Sources.All
            .SelectMany(file => Key.Matches(file.Value).Select(match => match.Groups["key"].Value))
            .ToHashSet(StringComparer.Ordinal);

        Assert.True(named.Count > 100, $"{named.Count} texts were found in the pages.");
        Assert.Empty(named.Except(Texts("Texts.resx").Keys, StringComparer.Ordinal));
    }

    /// <summary>Keys that are composed end with a period where they are written.</summary>
    [Fact]
    public void Every_key_of_the_dashboard_that_the_source_names_is_a_text()
    {
        var named = Architecture.Sources.All
            .SelectMany(file => Quoted.Matches(file.Value).Select(match => match.Groups["text"].Value))
            .Where(text => text.StartsWith("Dashboard.", StringComparison.Ordinal) && !text.EndsWith('.'))
            .ToHashSet(StringComparer.Ordinal);

        Assert.True(named.Count > 100, $"{named.Count} keys were found.");
        Assert.Empty(named.Except(Texts("Texts.resx").Keys, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_text_is_named_somewhere()
    {
        string[] composed =
        [
            "Dashboard.Action.", "Dashboard.Api.", "Dashboard.Branding.", "Dashboard.Client.", "Dashboard.Connection.",
            "Dashboard.Done.", "Dashboard.Event.", "Dashboard.Invitation.", "Dashboard.Key.", "Dashboard.Log.",
            "Dashboard.Organization", "Dashboard.Overview.", "Dashboard.Protection.", "Dashboard.Role.",
            "Dashboard.Tenant.", "Dashboard.User.", "Error.", "Invitation.", "Mail.", "Scope.", "Signup.Password.",
        ];
        var named = Architecture.Sources.All
            .SelectMany(file => Quoted.Matches(file.Value).Select(match => match.Groups["text"].Value))
            .ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Texts("Texts.resx").Keys
            .Where(key => !Array.Exists(composed, prefix => key.StartsWith(prefix, StringComparison.Ordinal)))
            .Except(named, StringComparer.Ordinal));
    }

    /// <summary>One word for one thing, and none that reads as translated or misleads.</summary>
    [Theory]
    [InlineData("Texts.resx", "[Ee]-mails?", "email")]
    [InlineData("Texts.resx", @"[Ll]etters?\b", "email")]
    [InlineData("Texts.resx", @"\bmail\b(?! server)", "email")]
    [InlineData("Texts.resx", "user names?", "username")]
    [InlineData("Texts.resx", @"\btries\b", "attempts")]
    [InlineData("Texts.resx", "stays like this|tell the people|tell your", "keeps happening, contact")]
    [InlineData("Texts.resx", "speak https|https alone", "only use https")]
    [InlineData("Texts.resx", "[Ss]omebody|[Nn]obody|[Ww]hoever", "the person, named")]
    [InlineData("Texts.resx", "’", "a straight apostrophe")]
    [InlineData("Texts.resx", @"\{0\} [dh]\b", "days, hours")]
    [InlineData("Texts.resx", @"\b[Cc]olors?\b", "colour")]
    [InlineData("Texts.resx", "[Cc]an ?not", "can't")]
    [InlineData("Texts.ja.resx", "お客様|貴方", "no pronoun")]
    [InlineData("Texts.ja.resx", "端末|サインインしている場所|すべての場所", "デバイス")]
    [InlineData("Texts.ja.resx", "サインイン先", "サインインに使用する外部サービス")]
    [InlineData("Texts.ja.resx", "以内に 1 回だけ", "有効期限")]
    [InlineData("Texts.ja.resx", "本物の", "実際に動作する")]
    [InlineData("Texts.ja.resx", "アカウントを接続|接続を解除|接続する$", "連携")]
    [InlineData("Texts.ja.resx", "(?<!ご)(連絡|依頼)してください|に問い合わせてください", "the polite form")]
    [InlineData("Texts.ja.resx", "何も変更されていません", "変更は行われていません")]
    [InlineData("Texts.ja.resx", @"\d文字", "a space after the number")]
    [InlineData("Texts.ja.resx", ": ", "：")]
    [InlineData("Texts.ja.resx", @"\{\d\} |(?<=\P{IsBasicLatin}) \{\d\}", "no space beside a name")]
    public void A_word_that_is_not_used_is_not_used(string file, string pattern, string instead)
    {
        var found = Texts(file).Where(text => !IsNameOfApplication(text.Key)
            && Regex.IsMatch(text.Value, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));

        Assert.All(found, text => Assert.Fail($"{text.Key}: say {instead}."));
    }

    /// <summary>Other texts have no pronoun; a scope says what an application may do, and to whom.</summary>
    [Fact]
    public void Japanese_says_you_in_scopes_only() => Assert.All(
        Texts("Texts.ja.resx").Where(text => text.Value.Contains("あなた", StringComparison.Ordinal)),
        text => Assert.True(
            text.Key.StartsWith("Scope.", StringComparison.Ordinal) || text.Key == "Consent.ApiOnly", text.Key));

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
        var client = await server.AddPublicClientAsync();
        using var japanese = new Browser(server, language: "ja-JP,en;q=0.5");
        await japanese.OpenAsync(client.Authorize());
        Assert.Equal("ja", japanese.Page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("サインイン", japanese.Html, StringComparison.Ordinal);
        Assert.Equal("ja", Assert.Single(japanese.Answer.Content.Headers.ContentLanguage));

        using var english = new Browser(server);
        await english.OpenAsync(client.Authorize(("ui_locales", "ja")));
        Assert.Equal("ja", english.Page.DocumentElement.GetAttribute("lang"));
        await english.SignInAsync(password: "wrong");
        Assert.Contains("入力内容が正しくない", english.Text, StringComparison.Ordinal);

        await japanese.OpenAsync("/nothing-here");
        Assert.Contains("ページが見つかりません", japanese.Text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Placeholders(string text) => Placeholder.Matches(text)
        .Select(match => match.Value)
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    /// <summary>An application is connected to this server: that is not a linked account.</summary>
    private static bool IsNameOfApplication(string key) => key is "Start.Guide" or "Guide.Title";

    internal static Dictionary<string, string> Texts(string file) =>
        XDocument
            .Load(Path.Combine(Repository.Root, "src", "AuthServer.Web", "Resources", file))
            .Root!.Elements("data")
            .ToDictionary(
                data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);
}
