using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Web.Formats;

namespace AuthServer.Web.Management.Logs;

/// <summary>An event on the wire: Auth0's members, without those that have no value.</summary>
internal static class LogModel
{
    public static JsonObject Write(LogEvent logged, Issuer issuer)
    {
        var id = LogIds.Of(logged);
        var json = new JsonObject { ["date"] = logged.Date.Iso(), ["type"] = logged.Type };
        foreach (var (name, value) in Texts(logged, issuer))
        {
            if (value is not null)
                json[name] = value;
        }

        if (logged.Details is { } details)
            json["details"] = JsonNode.Parse(details);
        json["isMobile"] = logged.UserAgent?.Contains("Mobile", StringComparison.Ordinal) == true;
        json["log_id"] = id;
        json["_id"] = id;
        return json;
    }

    private static (string Name, string? Value)[] Texts(LogEvent logged, Issuer issuer) =>
    [
        ("description", logged.Description),
        ("connection", logged.Connection),
        ("connection_id", logged.ConnectionId),
        ("client_id", logged.ClientId),
        ("client_name", logged.ClientName),
        ("ip", logged.Ip),
        ("user_agent", logged.UserAgent),
        ("hostname", logged.Hostname),
        ("user_id", logged.UserId),
        ("user_name", logged.UserName),
        ("audience", logged.Audience is { } audience ? issuer.Absolute(audience) : null),
        ("scope", logged.Scope),
        ("organization_id", logged.OrganizationId),
        ("organization_name", logged.OrganizationName),
    ];
}
