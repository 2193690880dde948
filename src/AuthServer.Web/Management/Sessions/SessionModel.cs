using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Formats;

namespace AuthServer.Web.Management.Sessions;

/// <summary>A session on the wire.</summary>
internal static class SessionModel
{
    /// <param name="session">The session.</param>
    /// <param name="clients">The clients that it was used for; each is shown once.</param>
    public static JsonObject Write(Session session, IEnumerable<string> clients) => new()
    {
        ["id"] = session.Id,
        ["user_id"] = session.UserId,
        ["created_at"] = session.AuthenticatedAt.Iso(),
        ["updated_at"] = session.LastSeenAt.Iso(),
        ["authenticated_at"] = session.AuthenticatedAt.Iso(),
        ["last_interacted_at"] = session.LastSeenAt.Iso(),
        ["idle_expires_at"] = session.IdleExpiresAt.Iso(),
        ["expires_at"] = session.ExpiresAt.Iso(),
        ["device"] = new JsonObject { ["initial_user_agent"] = session.UserAgent, ["initial_ip"] = session.Ip },
        ["clients"] = new JsonArray(
            [.. clients.Distinct(StringComparer.Ordinal).Select(id => new JsonObject { ["client_id"] = id })]),
        ["authentication"] = new JsonObject
        {
            ["methods"] = new JsonArray(new JsonObject
            {
                ["name"] = "pwd",
                ["timestamp"] = session.AuthenticatedAt.Iso(),
            }),
        },
        ["cookie"] = new JsonObject { ["mode"] = "persistent" },
    };
}
