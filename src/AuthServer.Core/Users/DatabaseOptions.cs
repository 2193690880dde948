using System.Text.Json;
using AuthServer.Core.Model;

namespace AuthServer.Core.Users;

/// <summary>What the options of a user database ask of its users.</summary>
public sealed record DatabaseOptions
{
    /// <summary>What a new database shows, as with Auth0: deploy-cli takes none for a lack of scopes.</summary>
    public const string Initial = """
        {"brute_force_protection":true,"disable_self_service_change_password":false,"strategy_version":2}
        """;

    /// <summary>The most passwords that a history may have.</summary>
    public const int MaxHistorySize = 24;

    private const int DefaultHistorySize = 5;

    /// <summary>Auth0's levels, <c>passwordPolicy</c>.</summary>
    private static readonly Dictionary<string, PasswordPolicy> Levels = new(StringComparer.Ordinal)
    {
        ["none"] = new() { MinLength = 1 },
        ["low"] = new() { MinLength = 6 },
        ["fair"] = new() { MinLength = 8, RequiresMixedCharacters = true },
        ["good"] = new() { MinLength = 8, RequiresVariety = true },
        ["excellent"] = new() { MinLength = 10, RequiresVariety = true, RefusesRepeats = true },
    };

    public static IEnumerable<string> PasswordLevels => Levels.Keys;

    public PasswordPolicy Passwords { get; private init; } = PasswordPolicy.Default;

    /// <summary>Users have a user name beside their email address.</summary>
    public bool RequiresUsername { get; private init; }

    public int MinUsernameLength { get; private init; } = 1;

    public int MaxUsernameLength { get; private init; } = SignUpMembers.MaxUsernameLength;

    /// <summary>Users don't reset their passwords by email.</summary>
    public bool DisablesPasswordReset { get; private init; }

    public static DatabaseOptions Of(Connection connection)
    {
        using var document = JsonDocument.Parse(connection.Options);
        var options = document.RootElement;
        var lengths = Member(Member(options, "validation"), "username");
        return new DatabaseOptions
        {
            Passwords = PolicyOf(options),
            RequiresUsername = IsTrue(options, "requires_username"),
            MinUsernameLength = Number(lengths, "min") ?? 1,
            MaxUsernameLength = Number(lengths, "max") ?? SignUpMembers.MaxUsernameLength,
            DisablesPasswordReset = IsTrue(options, "disable_self_service_change_password"),
        };
    }

    /// <summary>Whether a new user may have this name here; null for one without a name.</summary>
    public bool Allows(string? username) => username is null
        ? !RequiresUsername
        : SignUpMembers.IsUsername(username)
            && username.Length >= MinUsernameLength
            && username.Length <= MaxUsernameLength;

    /// <summary>For the APIs' errors.</summary>
    public string DescribeUsernames() =>
        $"Expected {MinUsernameLength} to {MaxUsernameLength} letters, digits and _+-.!#$^`~'";

    private static PasswordPolicy PolicyOf(JsonElement options)
    {
        var level = Levels.GetValueOrDefault(JsonText.Of(options, "passwordPolicy") ?? "", PasswordPolicy.Default);
        var (dictionary, history) = (Member(options, "password_dictionary"), Member(options, "password_history"));
        return level with
        {
            MinLength = Number(Member(options, "password_complexity_options"), "min_length") ?? level.MinLength,
            RefusesCommon = Member(dictionary, "enable").ValueKind != JsonValueKind.False,
            Dictionary = Member(dictionary, "dictionary") is { ValueKind: JsonValueKind.Array } words
                ? [.. words.EnumerateArray().Where(IsText).Select(word => word.GetString()!)]
                : [],
            RefusesPersonal = IsTrue(Member(options, "password_no_personal_info"), "enable"),
            HistorySize = IsTrue(history, "enable") ? Number(history, "size") ?? DefaultHistorySize : 0,
        };
    }

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : default;

    private static bool IsTrue(JsonElement parent, string name) => Member(parent, name).ValueKind == JsonValueKind.True;

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static int? Number(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt32(out var number)
            ? number
            : null;
}
