using System.Text.Json;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Connections;

/// <summary>The types of Auth0's options of a user database. Null stands for an option that is not set.</summary>
internal static class DatabaseOptionKinds
{
    private static readonly Dictionary<string, JsonValidator> Kinds = new(StringComparer.Ordinal)
    {
        ["attributes"] = JsonValidators.Object,
        ["authentication_methods"] = JsonValidators.Object,
        ["brute_force_protection"] = JsonValidators.Flag,
        ["configuration"] = JsonValidators.Object,
        ["customScripts"] = JsonValidators.Object,
        ["disable_self_service_change_password"] = JsonValidators.Flag,
        ["disable_signup"] = JsonValidators.Flag,
        ["enabledDatabaseCustomization"] = JsonValidators.Flag,
        ["enable_script_context"] = JsonValidators.Flag,
        ["import_mode"] = JsonValidators.Flag,
        ["mfa"] = JsonValidators.Object,
        ["non_persistent_attrs"] = JsonValidators.Texts,
        ["passkey_options"] = JsonValidators.Object,
        ["passwordPolicy"] = JsonValidators.OneOf("none", "low", "fair", "good", "excellent"),
        ["password_complexity_options"] = JsonValidators.ObjectOf("min_length", JsonValidators.Whole(1, 128)),
        ["password_dictionary"] = JsonValidators.ObjectOf("enable", JsonValidators.Flag),
        ["password_history"] = JsonValidators.ObjectOf("enable", JsonValidators.Flag),
        ["password_no_personal_info"] = JsonValidators.ObjectOf("enable", JsonValidators.Flag),
        ["precedence"] = JsonValidators.Texts,
        ["requires_username"] = JsonValidators.Flag,
        ["validation"] = JsonValidators.Object,
    };

    public static ValidationError? Check(JsonElement options)
    {
        foreach (var option in options.EnumerateObject())
        {
            if (option.Value.ValueKind != JsonValueKind.Null && Kinds.TryGetValue(option.Name, out var kind)
                && kind(option.Value) is { } reason)
                return new ValidationError(reason, option.Name);
        }

        return null;
    }
}
