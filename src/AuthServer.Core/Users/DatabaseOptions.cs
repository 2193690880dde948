using System.Text.Json;
using AuthServer.Core.Model;
using static AuthServer.Core.JsonText;

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

    /// <summary>Users have an email address, also those that an administrator makes.</summary>
    public bool RequiresEmail { get; private init; }

    /// <summary>Users have a user name beside their email address.</summary>
    public bool RequiresUsername { get; private init; }

    /// <summary>Whether users who sign up have a user name.</summary>
    public AttributeUse UsernameAtSignUp { get; private init; }

    /// <summary>Users sign in by their email address.</summary>
    public bool SignsInByEmail { get; private init; } = true;

    /// <summary>Users sign in by their user name.</summary>
    public bool SignsInByUsername { get; private init; } = true;

    /// <summary>A user name may be a phone number.</summary>
    public bool AllowsPhoneNumbers { get; private init; } = true;

    public int MinUsernameLength { get; private init; } = 1;

    public int MaxUsernameLength { get; private init; } = SignUpMembers.MaxUsernameLength;

    /// <summary>Users don't reset their passwords by email.</summary>
    public bool DisablesPasswordReset { get; private init; }

    public static DatabaseOptions Of(Connection connection)
    {
        using var document = JsonDocument.Parse(connection.Options);
        return Of(document.RootElement);
    }

    /// <param name="options">A connection's <c>options</c>.</param>
    public static DatabaseOptions Of(JsonElement options)
    {
        var common = new DatabaseOptions
        {
            Passwords = PolicyOf(options),
            DisablesPasswordReset = IsTrue(options, "disable_self_service_change_password"),
        };
        return Member(options, "attributes") is { ValueKind: JsonValueKind.Object } attributes
            && attributes.EnumerateObject().Any()
            ? common.With(Member(attributes, "email"), Member(attributes, "username"))
            : common.WithUsername(IsTrue(options, "requires_username"), Member(options, "validation"));
    }

    /// <summary>Whether a new user may have this name here; null for one without a name.</summary>
    public bool Allows(string? username) => username is null ? !RequiresUsername : IsFit(username);

    /// <summary>Whether a user who signs up may have this name here; null for one without a name.</summary>
    public bool AllowsAtSignUp(string? username) => UsernameAtSignUp switch
    {
        AttributeUse.Required => username is not null && IsFit(username),
        AttributeUse.Inactive => username is null,
        _ => username is null || IsFit(username),
    };

    /// <summary>For the APIs' errors.</summary>
    public string DescribeUsernames() =>
        $"Expected {MinUsernameLength} to {MaxUsernameLength} letters, digits and _+-.!#$^`~'"
        + (AllowsPhoneNumbers ? "" : ", not a phone number");

    private bool IsFit(string username) =>
        SignUpMembers.IsUsername(username)
        && username.Length >= MinUsernameLength
        && username.Length <= MaxUsernameLength
        && (AllowsPhoneNumbers || !IsPhoneNumber(username));

    private static bool IsPhoneNumber(string text) =>
        text.TrimStart('+') is { Length: >= 5 and <= 15 } digits && digits.All(char.IsAsciiDigit);

    /// <summary>Auth0's flexible identifiers: what is not there is inactive.</summary>
    private DatabaseOptions With(JsonElement email, JsonElement username)
    {
        var (validation, required) = (Member(username, "validation"), IsTrue(username, "profile_required"));
        return this with
        {
            RequiresEmail = IsTrue(email, "profile_required"),
            RequiresUsername = required,
            UsernameAtSignUp = JsonText.Of(Member(username, "signup"), "status") switch
            {
                "required" => AttributeUse.Required,
                _ when required => AttributeUse.Required,
                "optional" => AttributeUse.Optional,
                _ => AttributeUse.Inactive,
            },
            SignsInByEmail = IsTrue(Member(email, "identifier"), "active"),
            SignsInByUsername = IsTrue(Member(username, "identifier"), "active"),
            MinUsernameLength = Number(validation, "min_length") ?? 1,
            MaxUsernameLength = Number(validation, "max_length") ?? SignUpMembers.MaxUsernameLength,
            AllowsPhoneNumbers = IsTrue(Member(validation, "allowed_types"), "phone_number"),
        };
    }

    private DatabaseOptions WithUsername(bool required, JsonElement validation)
    {
        var lengths = Member(validation, "username");
        return this with
        {
            RequiresUsername = required,
            UsernameAtSignUp = required ? AttributeUse.Required : AttributeUse.Accepted,
            MinUsernameLength = Number(lengths, "min") ?? 1,
            MaxUsernameLength = Number(lengths, "max") ?? SignUpMembers.MaxUsernameLength,
        };
    }

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

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static int? Number(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt32(out var number)
            ? number
            : null;
}
