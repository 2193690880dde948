using AuthServer.Core.Model;

namespace AuthServer.Core.Clients;

/// <summary>
/// The dashboard as a client of this server. It is a system client: administrators choose its connections, and change
/// nothing else of it. It has no secret, so that only this server itself redeems its codes.
/// </summary>
public static class DashboardApplication
{
    /// <summary>Shorter than any client id that is generated.</summary>
    public const string ClientId = "dashboard";
    public const string Name = "Dashboard";
    public const string Path = "/dashboard";
    public const string SignInPath = "/dashboard/sign-in";
    public const string CallbackPath = "/dashboard/callback";

    public static bool Is(string clientId) => clientId == ClientId;

    /// <summary>The client, without its callbacks.</summary>
    public static Client New(DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ClientId = ClientId,
        Name = Name,
        AppType = AppTypes.RegularWeb,
        GrantTypes = ["authorization_code"],
        CreatedAt = now,
        UpdatedAt = now,
    };
}
