using System.Globalization;
using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Users;

namespace AuthServer.Storage.Users;

/// <summary>The values by which a user is found.</summary>
public static class UserSearchTerms
{
    /// <summary>Field of the user's id.</summary>
    public const string Id = "user_id";

    /// <summary>Values of a user's metadata that are indexed; those behind them are not found.</summary>
    public const int MaxMetadataTerms = 1000;

    private static readonly Dictionary<string, Func<User, string?>> AnyCase = new(StringComparer.Ordinal)
    {
        ["email"] = user => user.NormalizedEmail,
        ["email.domain"] = user => user.NormalizedEmail?.Split('@')[^1],
        ["username"] = user => user.Username,
        ["name"] = user => user.Name,
        ["given_name"] = user => user.GivenName,
        ["family_name"] = user => user.FamilyName,
        ["nickname"] = user => user.Nickname,
    };

    private static readonly Dictionary<string, Func<User, string?>> ExactCase = new(StringComparer.Ordinal)
    {
        [Id] = user => user.UserId,
        ["phone_number"] = user => user.PhoneNumber,
    };

    /// <summary>Fields of the profile whose case does not count.</summary>
    public static IReadOnlyList<string> AnyCaseFields { get; } = [.. AnyCase.Keys];

    /// <summary>Fields of the profile whose case counts.</summary>
    public static IReadOnlyList<string> ExactCaseFields { get; } = [.. ExactCase.Keys];

    /// <summary>How a text is stored and sought in the fields whose case does not count.</summary>
    public static string Fold(string text) => LoginIdentifier.Fold(text);

    /// <summary>The one spelling of a number; null for a text that is not a JSON number.</summary>
    public static string? Canonical(string text)
    {
        if (NumberOf(text) is not { } number)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole.ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
    }

    public static double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    public static IEnumerable<UserSearchTerm> Of(User user)
    {
        var anyCase = AnyCase.Select(field => (field.Key, Text: field.Value(user) is { } text ? Fold(text) : null));
        return anyCase.Concat(ExactCase.Select(field => (field.Key, Text: field.Value(user))))
            .Where(value => value.Text is not null)
            .Select(value => New(user, value.Key, value.Text))
            .Concat(Metadata(user, "user_metadata", user.UserMetadata))
            .Concat(Metadata(user, "app_metadata", user.AppMetadata))
            .DistinctBy(term => (term.Field, term.Value, term.Number));
    }

    private static List<UserSearchTerm> Metadata(User user, string root, string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. Walk(user, root, document.RootElement).Take(MaxMetadataTerms)];
    }

    /// <summary>Arrays have no level of their own in a path; null, and what is empty, has no value.</summary>
    private static IEnumerable<UserSearchTerm> Walk(User user, string path, JsonElement json) => json.ValueKind switch
    {
        _ when path.Length > UserSearchTerm.MaxFieldLength || !JsonText.IsReadable(json) => [],
        JsonValueKind.Object =>
            json.EnumerateObject().SelectMany(member => Walk(user, $"{path}.{member.Name}", member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(element => Walk(user, path, element)),
        JsonValueKind.String => [New(user, path, json.GetString())],
        JsonValueKind.True => [New(user, path, "true")],
        JsonValueKind.False => [New(user, path, "false")],
        JsonValueKind.Number => [OfNumber(user, path, json.GetRawText())],
        _ => [],
    };

    private static UserSearchTerm OfNumber(User user, string path, string text) =>
        New(user, path, Canonical(text) ?? text, NumberOf(text));

    private static UserSearchTerm New(User user, string field, string? text, double? number = null) => new()
    {
        UserId = user.UserId,
        Field = field,
        Value = text is { Length: <= UserSearchTerm.MaxValueLength } ? text : null,
        Number = number,
    };
}
