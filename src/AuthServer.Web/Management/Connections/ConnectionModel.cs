using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Connections;
using AuthServer.Core.Federation;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Connections;

/// <summary>The members of a connection.</summary>
internal static class ConnectionModel
{
    private const int LongestName = 128;

    public static WireTable<Connection> Wire { get; } = new WireTable<Connection>(c => c.Other, (c, v) => c.Other = v)
        .Shown("id", c => c.Id)
        .AtCreate("name", Name, c => c.Name)
        .AtCreate("strategy", Strategy, c => c.Strategy)
        .OptionalText("display_name", c => c.DisplayName, (c, v) => c.DisplayName = v, JsonKinds.LongestText(LongestName))
        .With(new("options", c => JsonNode.Parse(c.Options), ReadOptions))
        .Accepted("enabled_clients", JsonKinds.Texts)
        .Flag("is_domain_connection", c => c.IsDomainConnection, (c, v) => c.IsDomainConnection = v)
        .Flag("show_as_button", c => c.ShowAsButton, (c, v) => c.ShowAsButton = v)
        .With(new("realms", c => WireTable<Connection>.ArrayOf(c.Realms), ReadRealms))
        .Dictionary("metadata", c => c.Metadata, (c, v) => c.Metadata = v, most: 10, longest: 255)
        .KeepMerged("authentication", """{"active":true}""", JsonKinds.ObjectOf("active", JsonKinds.Flag))
        .KeepMerged("connected_accounts", """{"active":false}""", JsonKinds.ObjectOf("active", JsonKinds.Flag))
        .KeepMerged("cross_app_access_requesting_app")
        .KeepMerged("cross_app_access_resource_app");

    public static JsonObject Write(Connection connection)
    {
        var json = Wire.Write(connection);
        json["enabled_clients"] = WireTable<Connection>.ArrayOf(connection.Clients.Select(c => c.ClientId).Order(StringComparer.Ordinal));
        return json;
    }

    private static string? Name(JsonElement value) =>
        JsonKinds.Text(value) ?? (value.GetString() is { Length: > 0 and <= LongestName } name
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal)
            ? null
            : $"Expected letters, digits and single hyphens between them, at most {LongestName} characters");

    private static string? Strategy(JsonElement value) =>
        JsonKinds.Text(value) ?? (value.GetString() == Connection.DatabaseStrategy || ProviderPreset.All.ContainsKey(value.GetString()!)
            ? null
            : $"The strategy {value.GetString()} is not supported; use {Connection.DatabaseStrategy}, {string.Join(", ", ProviderPreset.All.Keys.Order(StringComparer.Ordinal))}");

    /// <summary>Replaced as a whole, as Auth0 does.</summary>
    private static Problem? ReadOptions(Connection connection, JsonElement value)
    {
        if (JsonKinds.Object(value) is { } mistyped)
            return mistyped;
        if (connection.IsDatabase && DatabaseOptionKinds.Check(value) is { } unfit)
            return unfit;
        connection.Options = value.GetRawText();
        connection.DisableSignup = value.TryGetProperty("disable_signup", out var flag)
            && flag.ValueKind == JsonValueKind.True;
        return null;
    }

    private static Problem? ReadRealms(Connection connection, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            connection.Realms = [connection.Name];
            return null;
        }

        if (JsonKinds.Texts(value) is { } mistyped)
            return mistyped;
        connection.Realms = [.. value.EnumerateArray().Select(realm => realm.GetString()!)];
        return null;
    }
}
