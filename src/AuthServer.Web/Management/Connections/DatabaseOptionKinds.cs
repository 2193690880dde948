using System.Text.Json;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Connections;

/// <summary>The types of Auth0's options of a user database. Null stands for an option that is not set.</summary>
internal static class DatabaseOptionKinds
{
    private static readonly Dictionary<string, JsonKind> Kinds = new(StringComparer.Ordinal)
    {
        ["attributes"] = JsonKinds.Object,
        ["authentication_methods"] = JsonKinds.Object,
        ["brute_force_protection"] = JsonKinds.Flag,
        ["configuration"] = JsonKinds.Object,
        ["customScripts"] = JsonKinds.Object,
        ["disable_self_service_change_password"] = JsonKinds.Flag,
        ["disable_signup"] = JsonKinds.Flag,
        ["enabledDatabaseCustomization"] = JsonKinds.Flag,
        ["enable_script_context"] = JsonKinds.Flag,
        ["import_mode"] = JsonKinds.Flag,
        ["mfa"] = JsonKinds.Object,
        ["non_persistent_attrs"] = JsonKinds.Texts,
        ["passkey_options"] = JsonKinds.Object,
        ["passwordPolicy"] = JsonKinds.OneOf("none", "low", "fair", "good", "excellent"),
        ["password_complexity_options"] = JsonKinds.ObjectOf("min_length", JsonKinds.Whole(1, 128)),
        ["password_dictionary"] = JsonKinds.ObjectOf("enable", JsonKinds.Flag),
        ["password_history"] = JsonKinds.ObjectOf("enable", JsonKinds.Flag),
        ["password_no_personal_info"] = JsonKinds.ObjectOf("enable", JsonKinds.Flag),
        ["precedence"] = JsonKinds.Texts,
        ["requires_username"] = JsonKinds.Flag,
        ["validation"] = JsonKinds.Object,
    };

    public static Problem? Check(JsonElement options)
    {
        foreach (var option in options.EnumerateObject())
        {
            if (option.Value.ValueKind != JsonValueKind.Null && Kinds.TryGetValue(option.Name, out var kind)
                && kind(option.Value) is { } reason)
                return new Problem(reason, option.Name);
        }

        return null;
    }
}
