namespace AuthServer.Core.Grants;

/// <summary>What a user agreed to, per client and API; Auth0's <c>/api/v2/grants</c> (A1).</summary>
public sealed class Consent
{
    /// <summary>24 hexadecimal digits.</summary>
    public required string Id { get; init; }
    public required string UserId { get; init; }
    public required string ClientId { get; init; }

    /// <summary>Stored form of the API's identifier; empty when the client asked for no API.</summary>
    public required string Audience { get; init; }
    public required Scopes Scopes { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
