using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Federation;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Connections;

/// <summary>The members of a connection.</summary>
internal static class ConnectionModel
{
    public const string EnabledClients = "enabled_clients";

    private const int MaxNameLength = 128;

    public static ResourceSchema<Connection> Wire { get; } =
        new ResourceSchema<Connection>()
            .Shown("id", c => c.Id)
            .AtCreate("name", Name, c => c.Name)
            .AtCreate("strategy", Strategy, c => c.Strategy)
            .OptionalText(
                "display_name", c => c.DisplayName, (c, v) => c.DisplayName = v, JsonValidators.TextUpTo(MaxNameLength))
            .With(new("options", c => JsonNode.Parse(c.Options), ReadOptions))
            .Accepted(EnabledClients, JsonValidators.Texts)
            .Flag("is_domain_connection", c => c.IsDomainConnection, (c, v) => c.IsDomainConnection = v)
            .Flag("show_as_button", c => c.ShowAsButton, (c, v) => c.ShowAsButton = v)
            .With(new("realms", c => JsonText.ArrayOf(c.Realms), ReadRealms))
            .Dictionary("metadata", c => c.Metadata, (c, v) => c.Metadata = v, most: 10, longest: 255)
            .Unsupported("authentication", """{"active":true}""")
            .Unsupported("connected_accounts", """{"active":false}""")
            .Absent("cross_app_access_requesting_app", "{}")
            .Absent("cross_app_access_resource_app", """{"status":"disabled"}""");

    public static JsonObject Write(Connection connection)
    {
        var json = Wire.Write(connection);
        json[EnabledClients] = JsonText.ArrayOf(
            connection.Clients.Select(c => c.ClientId).Order(StringComparer.Ordinal));
        return json;
    }

    private static string? Name(JsonElement value) =>
        JsonValidators.Text(value)
        ?? (
            value.GetString() is { Length: > 0 and <= MaxNameLength } name
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && name[0] != '-'
            && name[^1] != '-'
            && !name.Contains("--", StringComparison.Ordinal)
                ? null
                : $"Expected letters, digits and single hyphens between them, at most {MaxNameLength} characters");

    private static string? Strategy(JsonElement value) =>
        JsonValidators.Text(value)
        ?? (
            value.GetString() == Connection.DatabaseStrategy || ProviderPreset.All.ContainsKey(value.GetString()!)
                ? null
                : $"The strategy {value.GetString()} is not supported; use {Connection.DatabaseStrategy}, "
                    + $"{string.Join(", ", ProviderPreset.All.Keys.Order(StringComparer.Ordinal))}");

    /// <summary>Replaced as a whole, as Auth0 does.</summary>
    private static ValidationError? ReadOptions(Connection connection, JsonElement value)
    {
        if (JsonValidators.Object(value) is { } mistyped)
            return mistyped;
        if (connection.IsDatabase && DatabaseOptionKinds.Check(value) is { } unfit)
            return unfit;
        connection.Options = value.GetRawText();
        connection.DisableSignup = JsonText.IsTrue(value, "disable_signup");
        return null;
    }

    private static ValidationError? ReadRealms(Connection connection, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            connection.Realms = [connection.Name];
            return null;
        }

        if (JsonValidators.Texts(value) is { } mistyped)
            return mistyped;
        connection.Realms = [.. value.EnumerateArray().Select(realm => realm.GetString()!)];
        return null;
    }
}
