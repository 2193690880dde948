namespace AuthServer.Core.Model;

/// <summary>
/// How many access tokens <c>client_credentials</c> may issue to a client, or for an organization; Auth0's
/// <c>token_quota</c>.
/// </summary>
/// <param name="PerHour">In an hour of UTC; null for any number.</param>
/// <param name="PerDay">In a day of UTC; null for any number.</param>
/// <param name="IsEnforced">Requests beyond the quota are refused, and not only counted.</param>
public sealed record TokenQuota(int? PerHour, int? PerDay, bool IsEnforced);
