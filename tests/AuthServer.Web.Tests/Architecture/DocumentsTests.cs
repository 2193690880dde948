using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AuthServer.Core.Logs;
using AuthServer.Core.Mail;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Web.Logs;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Tests.Architecture;

/// <summary>The documents agree with the code.</summary>
public sealed partial class DocumentsTests
{
    [Fact]
    public void Every_document_that_the_code_cites_exists_with_its_heading()
    {
        var cited = Sources.All.Concat(Sources.OfTests)
            .SelectMany(file => Citation().Matches(file.Value))
            .Select(match => match.Value)
            .ToHashSet(StringComparer.Ordinal);
        var known = Sources.Documents.SelectMany(page => NamesOf(page.Key, page.Value))
            .ToHashSet(StringComparer.Ordinal);

        Assert.True(cited.Count > 20, $"{cited.Count} citations");
        Assert.Empty(cited.Except(known, StringComparer.Ordinal));
    }

    [Fact]
    public void The_limits_of_a_login_are_those_of_the_security_page()
    {
        var page = Read("security.md");

        Assert.All(
            [
                ("one account in one known browser", LoginRules.Browser("", "", "")),
                ("one account from one address", LoginRules.AccountFromAddress("", "")),
                ("one account from all unknown addresses", LoginRules.AccountFromUnknownAddresses("")),
                ("one address", LoginRules.Address("")),
            ],
            row => Assert.Contains(
                $"| {row.Item1} | {row.Item2.Free} | {row.Item2.Window.TotalMinutes:0} minutes |",
                page,
                StringComparison.Ordinal));
        var rule = LoginRules.Browser("", "", "");
        Assert.Equal([1, 2, 4, 8, 15, 15], Enumerable.Range(rule.Free, 6).Select(n => rule.DelayAfter(n).TotalMinutes));
        Assert.Contains("1, 2, 4, 8 and then 15 minutes", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_budgets_of_emails_are_those_of_the_security_page()
    {
        var page = Read("security.md");

        foreach (var (budget, name) in MailBudgets
                .OfRecipient("somebody")
                .Concat(MailBudgets.OfAddress("address"))
                .Zip((string[])["to one recipient", "to one recipient", "asked for from one address"]))
            Assert.Contains(
                $"| {name} | {budget.Max} | {budget.Window.TotalMinutes:0} "
                    + $"minute{(budget.Window.TotalMinutes > 1 ? "s" : "")} |",
                page,
                StringComparison.Ordinal);
    }

    [Fact]
    public void The_lifetimes_of_a_session_are_those_of_the_security_page()
    {
        var settings = new TenantSettings();

        Assert.Contains(
            $"| session | {settings.IdleSessionLifetime:0} hours idle, {settings.SessionLifetime:0} hours in all",
            Read("security.md"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_limits_of_what_anyone_can_cause_are_those_of_the_security_page()
    {
        var page = Read("security.md");
        var limits = new RateLimitOptions();

        Assert.Contains($"| `PagesPerMinute` | {limits.PagesPerMinute} |", page, StringComparison.Ordinal);
        var (pushes, proofs) = (limits.UnvettedPushesPerMinute, limits.UnvettedProofsPerMinute);
        Assert.Contains($"| `UnvettedPushesPerMinute` | {pushes} |", page, StringComparison.Ordinal);
        Assert.Contains($"| `UnvettedProofsPerMinute` | {proofs} |", page, StringComparison.Ordinal);
        var (one, all) = (RefusalLimiter.MaxPerAddress, RefusalLimiter.MaxPerKind);
        Assert.Contains(
            $"{one} a minute are recorded from one address and {all} a minute from all",
            page,
            StringComparison.Ordinal);
        Assert.Contains($"the newest {new LogOptions().RefusalsPerKind} are kept", page, StringComparison.Ordinal);
        var kept = new LogOptions().RefusalsPerKind.ToString("N0", CultureInfo.InvariantCulture);
        Assert.Contains($"{kept} of each of {LogEventTypes.RefusalCodes.Count} kinds", page, StringComparison.Ordinal);
        Assert.Contains($"{LogEvent.MaxRefusalTextBytes} bytes in each field", page, StringComparison.Ordinal);
        Assert.Contains($"the newest {new RegistrationOptions().MaxUnused} never used", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_flag_of_ours_is_on_the_compatibility_page()
    {
        var page = Read("auth0-compatibility.md");

        string[] flags =
        [
            TenantFlags.RequirePkce, TenantFlags.AllowAccessTokenInQuery,
            TenantFlags.AllowTokenEndpointAsAssertionAudience, TenantFlags.RequireReverseDomainSchemes,
        ];
        foreach (var flag in flags)
            Assert.Contains($"`{flag}`", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_type_of_event_is_on_the_compatibility_page()
    {
        var page = Read("auth0-compatibility.md");
        var types = typeof(LogEventTypes).GetProperties()
            .Select(property => property.GetValue(null))
            .OfType<LogEventType>()
            .Select(type => type.Code).Where(code => code is not ("feacft" or "feccft" or "fertft" or "fepft"));

        Assert.All(types, code => Assert.Contains($"`{code}`", page, StringComparison.Ordinal));
    }

    /// <summary>CVE-2026-40372: cookies could be forged under 10.0.0 to 10.0.6.</summary>
    [Fact]
    public void Data_protection_is_new_enough()
    {
        var file = typeof(Microsoft.AspNetCore.DataProtection.IDataProtector).Assembly.Location;
        var version = FileVersionInfo.GetVersionInfo(file).ProductVersion!.Split('+', '-')[0];

        Assert.True(Version.Parse(version) >= new Version(10, 0, 7), version);
    }

    /// <summary>A page, its headings as GitHub links them, and for a decision its number.</summary>
    private static IEnumerable<string> NamesOf(string page, string text)
    {
        var path = page.Replace('\\', '/');
        var headings = Heading().Matches(text).Select(match => NoAnchor().Replace(match.Groups["text"].Value, ""));
        return
        [
            path, path.Split('-')[0],
            .. headings.Select(heading => $"{path}#{heading.Replace(' ', '-').ToLowerInvariant()}"),
        ];
    }

    [GeneratedRegex(
        @"docs/(?:decisions/\d{4}(?:-[a-z0-9-]+\.md)?|[a-z0-9-]+\.md(?:#[a-z0-9-]+)?)", RegexOptions.None, 10_000)]
    private static partial Regex Citation();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w -]", RegexOptions.None, 10_000)]
    private static partial Regex NoAnchor();

    private static string Read(string page) => File.ReadAllText(Path.Combine(Sources.Root, "docs", page));
}
