using System.Text.RegularExpressions;
using AuthServer.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AuthServer.Web.Areas.Dashboard.Forms;

/// <summary>
/// Why a value is refused, in the language of the page. The rules of resources speak English, as Auth0's API does.
/// </summary>
internal static class Reasons
{
    public const string NotANumber = "Expected type number";
    public const string NotAnObject = "Expected type object";

    /// <summary>What a rule says, and the key of the text that says it here; groups become its arguments.</summary>
    private static readonly (Regex Reason, string Key)[] Known =
    [
        (Of(@"^(.*\(line \d+, column \d+\).*)$"), "Dashboard.Reason.Program"),
        (Of("found type null$"), "Dashboard.Reason.Empty"),
        (Of("^Expected type number"), "Dashboard.Reason.Number"),
        (Of("^Expected type object"), "Dashboard.Reason.Object"),
        (Of(@"between ([\d.]+) and ([\d.]+)$"), "Dashboard.Reason.Range"),
        (Of(@"maximum (\d+)$"), "Dashboard.Reason.TooLong"),
        (Of(@"(?:is longer than|must have at most) (\d+) characters"), "Dashboard.Reason.TooLong"),
        (Of("must not be empty|too short"), "Dashboard.Reason.Empty"),
        (Of("email|e-mail"), "Dashboard.Reason.Email"),
        (Of("must be an absolute URI|format uri"), "Dashboard.Reason.Absolute"),
        (Of("must be https"), "Dashboard.Reason.Https"),
        (Of("must not have a fragment"), "Dashboard.Reason.Fragment"),
        (Of("must not have a wildcard"), "Dashboard.Reason.Wildcard"),
        (Of("must be an origin"), "Dashboard.Reason.Origin"),
        (Of("percent-encoded"), "Dashboard.Reason.Encoding"),
        (Of(@"must have at most (\d+) entries"), "Dashboard.Reason.Entries"),
        (Of("invisible"), "Dashboard.Reason.Invisible"),
        (Of("There is no API"), "Dashboard.Reason.NoApi"),
        (Of("There is no database connection"), "Dashboard.Reason.NoDatabase"),
        (Of("must not be longer than token_lifetime"), "Dashboard.Reason.Idle"),
        (Of("must not have client_credentials"), "Dashboard.Reason.Public"),
        (Of("resource server with this identifier already exists|trailing slash"), "Dashboard.Reason.SameApi"),
        (Of("Expected printable ASCII"), "Dashboard.Reason.Printable"),
        (Of("Must not begin with a slash"), "Dashboard.Reason.Slash"),
        (Of("address of the authorization server itself"), "Dashboard.Reason.OwnAddress"),
        (Of("is there twice"), "Dashboard.Reason.Twice"),
        (Of("already exists"), "Dashboard.Reason.Taken"),
        (Of("Missing required property"), "Dashboard.Reason.Empty"),
        (Of("changed meanwhile"), "Dashboard.Reason.Outdated"),
        (Of("Expected a public key or certificate"), "Dashboard.Reason.Key"),
        (Of("credential with this key id"), "Dashboard.Reason.SameKey"),
        (Of("as many permissions of the Management API"), "Dashboard.Reason.LastAdministrator"),
        (Of("your (?:own )?token lacks"), "Dashboard.Reason.Lacking"),
        (Of("^Expected 1 to 50 of a-z"), "Dashboard.Reason.OrganizationName"),
        (Of("There is no such organization"), "Dashboard.Reason.NoOrganization"),
        (Of("Needs assign_membership_on_login"), "Dashboard.Reason.NeedsMembership"),
        (Of("default login route is required"), "Dashboard.Reason.NoLoginRoute"),
        (Of(@"At most (\d+) properties, with names of at most (\d+)"), "Dashboard.Reason.Properties"),
        (Of("^Expected type string"), "Dashboard.Reason.Text"),
        (Of("letters, digits and single hyphens"), "Dashboard.Reason.Hyphens"),
        (Of("An identity provider had this name"), "Dashboard.Reason.NameOfProvider"),
        (Of("The provider of a connection can't be changed"), "Dashboard.Reason.Moved"),
        (Of("address of a private network"), "Dashboard.Reason.PrivateNetwork"),
        (Of("Expected the PEM of an EC private key"), "Dashboard.Reason.PrivateKey"),
        (Of("^Attributes must be of the form"), "Dashboard.Reason.Attributes"),
        (Of("^Expected a colour"), "Dashboard.Reason.Colour"),
        (Of("login of the last hour"), "Dashboard.SignInAgain.More"),
    ];

    /// <summary>One URL of several is named before what is wrong with it.</summary>
    private static readonly Regex Subject = Of(@"^(\S*[:/.]\S*) (.+)$");

    public static string In(IStringLocalizer<Texts> texts, string reason)
    {
        var subject = Subject.Match(reason);
        var rule = subject.Success ? subject.Groups[2].Value : reason;
        var said = Known.Select(known => (Match: known.Reason.Match(rule), known.Key))
            .Where(known => known.Match.Success)
            .Select(known => Say(texts, known.Key, known.Match))
            .FirstOrDefault() ?? texts["Dashboard.Reason.Other", rule].Value;
        return subject.Success ? $"{subject.Groups[1].Value}: {said}" : said;
    }

    private static string Say(IStringLocalizer<Texts> texts, string key, Match match) => match.Groups.Count == 1
        ? texts[key]
        : texts[key, [.. match.Groups.Values.Skip(1).Select(group => group.Value)]];

    /// <summary>Reasons quote what was typed, of any length: the time of a match is proportional to it.</summary>
    private static Regex Of(string pattern) => new(
        pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));
}
