using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Tenants;

/// <summary>The tenant's flags. Those that don't act have the value that Auth0 gives them.</summary>
internal static class TenantFlagsModel
{
    private const string OnlyFalse = "Only false is supported";
    private const string OnlyTrue = "Only true is supported";

    public static Member<TenantSettings> Member { get; } = new("flags", Write, Read);

    private static JsonObject Write(TenantSettings settings) =>
        new(
            TenantFlags
                .Known.Order(StringComparer.Ordinal)
                .Select(name => KeyValuePair.Create(name, (JsonNode?)settings.Flag(name))));

    /// <summary>Merged by name: null puts a switch back.</summary>
    private static ValidationError? Read(TenantSettings settings, JsonElement value)
    {
        var flags =
            value.ValueKind == JsonValueKind.Null
                ? []
                : new Dictionary<string, bool>(settings.Flags, StringComparer.Ordinal);
        if (value.ValueKind != JsonValueKind.Null)
        {
            if (JsonValidators.Object(value) is { } mistyped)
                return mistyped;
            foreach (var flag in value.EnumerateObject())
            {
                if (!TenantFlags.Known.Contains(flag.Name))
                    return ValidationError.Unknown(flag.Name);
                if (flag.Value.ValueKind == JsonValueKind.Null)
                    flags.Remove(flag.Name);
                else if (JsonValidators.Flag(flag.Value) is { } reason)
                    return new ValidationError(reason, flag.Name);
                else if (!TenantFlags.CanBe(flag.Name, flag.Value.GetBoolean()))
                    return new ValidationError(flag.Value.GetBoolean() ? OnlyFalse : OnlyTrue, flag.Name);
                else
                    flags[flag.Name] = flag.Value.GetBoolean();
            }
        }

        settings.Flags = flags;
        return null;
    }
}
