using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Sessions;

/// <summary>Which refresh tokens a list of device credentials shows.</summary>
internal sealed record DeviceCredentialFilter(string? UserId, string? ClientId, string? Type)
{
    public static ValueTask<DeviceCredentialFilter?> BindAsync(HttpContext http) =>
        ValueTask.FromResult<DeviceCredentialFilter?>(new DeviceCredentialFilter(
            Query.Text(http, "user_id"), Query.Text(http, "client_id"), Query.Text(http, "type")));

    public IQueryable<Token> Apply(IQueryable<Token> tokens)
    {
        if (UserId is { } userId)
            tokens = tokens.Where(t => t.Authorization!.UserId == userId);
        if (ClientId is { } clientId)
            tokens = tokens.Where(t => t.Authorization!.ClientId == clientId);
        return Type is null or "refresh_token" or "rotating_refresh_token" ? tokens : tokens.Where(_ => false);
    }
}
