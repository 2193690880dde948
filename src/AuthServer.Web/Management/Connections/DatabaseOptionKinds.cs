using System.Text.Json;
using AuthServer.Core.Users;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Connections;

/// <summary>
/// Auth0's options of a user database: what acts is in <see cref="DatabaseOptions"/>, and of the others only the
/// defaults are accepted. Null stands for an option that is not set.
/// </summary>
internal static class DatabaseOptionKinds
{
    private const int MaxWords = 200;
    private const int MaxWordLength = 50;

    /// <summary>What every database offers: a password.</summary>
    private const string AuthenticationMethods = """
        {
          "password": { "enabled": true, "api_behavior": "required", "signup_behavior": "allow" },
          "passkey": { "enabled": false }
        }
        """;

    private const string PasskeyOptions = """
        { "challenge_ui": "both", "local_enrollment_enabled": true, "progressive_enrollment_enabled": true }
        """;

    private static readonly JsonValidator Switch = Members(("enable", JsonValidators.Flag));

    private static readonly JsonValidator Length = JsonValidators.Whole(1, SignUpMembers.MaxUsernameLength);

    private static readonly JsonValidator Words = value => JsonValidators.Texts(value)
        ?? (value.GetArrayLength() > MaxWords ? $"At most {MaxWords} words" : null)
        ?? value.EnumerateArray().Select(JsonValidators.TextUpTo(MaxWordLength).Invoke)
            .FirstOrDefault(reason => reason is not null);

    /// <summary>In any order: no user name is an address, so that a login never has the choice.</summary>
    private static readonly JsonValidator Precedence = value => JsonValidators.Texts(value)
        ?? (value.EnumerateArray().Select(name => name.GetString()).Order(StringComparer.Ordinal)
                .SequenceEqual(["email", "phone_number", "username"], StringComparer.Ordinal)
            ? null
            : "Expected email, phone_number and username, in any order");

    private static readonly Dictionary<string, JsonValidator> Kinds = new(StringComparer.Ordinal)
    {
        ["attributes"] = DatabaseAttributes.Kind,
        ["disable_self_service_change_password"] = JsonValidators.Flag,
        ["disable_signup"] = JsonValidators.Flag,
        ["passwordPolicy"] = JsonValidators.OneOf([.. DatabaseOptions.PasswordLevels]),
        ["password_complexity_options"] = Members(("min_length", JsonValidators.Whole(1, 128))),
        ["password_dictionary"] = Members(("enable", JsonValidators.Flag), ("dictionary", Words)),
        ["password_history"] = Members(
            ("enable", JsonValidators.Flag), ("size", JsonValidators.Whole(0, DatabaseOptions.MaxHistorySize))),
        ["password_no_personal_info"] = Switch,
        ["requires_username"] = JsonValidators.Flag,
        ["validation"] = Members(("username", Members(("min", Length), ("max", Length)))),

        ["authentication_methods"] = UnsupportedMember.Validator(AuthenticationMethods),
        ["brute_force_protection"] = UnsupportedMember.Validator("true", "the protection is always on"),
        ["configuration"] = UnsupportedMember.Validator("{}"),
        ["customScripts"] = UnsupportedMember.Validator("{}"),
        ["custom_password_hash"] = UnsupportedMember.Validator("{}"),
        ["enabledDatabaseCustomization"] = UnsupportedMember.Validator("false"),
        ["enable_script_context"] = UnsupportedMember.Validator("false"),
        ["import_mode"] = UnsupportedMember.Validator("false"),
        ["mfa"] = Members(
            ("active", JsonValidators.Flag), ("return_enroll_settings", UnsupportedMember.Validator("true"))),
        ["non_persistent_attrs"] = UnsupportedMember.Validator("[]", "every attribute is stored"),
        ["passkey_options"] = UnsupportedMember.Validator(PasskeyOptions),
        ["password_options"] = UnsupportedMember.Validator("{}"),
        ["precedence"] = Precedence,
        ["strategy_version"] = UnsupportedMember.Validator("2"),
    };

    public static ValidationError? Check(JsonElement options)
    {
        foreach (var option in options.EnumerateObject())
        {
            if (!Kinds.TryGetValue(option.Name, out var kind))
                return ValidationError.Unknown(option.Name);
            if (option.Value.ValueKind != JsonValueKind.Null && kind(option.Value) is { } reason)
                return new ValidationError(reason, option.Name);
        }

        if (DatabaseAttributes.Check(options) is { } contradiction)
            return new ValidationError(contradiction, "attributes");
        var lengths = DatabaseOptions.Of(options);
        return lengths.MinUsernameLength > lengths.MaxUsernameLength
            ? new ValidationError("The shortest user name may not be longer than the longest")
            : null;
    }

    /// <summary>An object with no other members than these. Null stands for one that is not set.</summary>
    public static JsonValidator Members(params (string Name, JsonValidator Kind)[] members) => value =>
        JsonValidators.Object(value) ?? value.EnumerateObject().Select(sent =>
            Array.Find(members, known => known.Name == sent.Name).Kind is not { } kind
                ? $"Additional properties not allowed: {sent.Name}"
                : sent.Value.ValueKind == JsonValueKind.Null ? null : kind(sent.Value))
        .FirstOrDefault(reason => reason is not null);
}
