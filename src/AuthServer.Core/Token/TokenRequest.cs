using AuthServer.Core.Clients;

namespace AuthServer.Core.Token;

/// <summary>A token request whose client is known and may use the grant.</summary>
public sealed record TokenRequest(Client Client, RequestParameters Parameters, DateTimeOffset Now)
{
    /// <summary>Whose attempts are counted.</summary>
    public string Address { get; init; } = "unknown";
}
