using System.Security.Cryptography;
using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Authorize;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Http;

/// <summary>Seals a pending authorization into the handle that the pages carry as <c>state</c>, and opens it (mission decision 11).</summary>
public sealed class PendingAuthorizations(IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector protector = protection.CreateProtector("pending-authorization");

    public string Seal(PendingAuthorization pending)
    {
        var wire = new Wire(pending.Parameters.All, pending.StartedAt, pending.AccountChosenIn, pending.ConsentedIn, pending.IsSigned)
        {
            OrganizationId = pending.OrganizationId,
            IsPersonal = pending.IsPersonal,
            OrganizationChosenBy = pending.OrganizationChosenBy,
            InvitationAcceptedIn = pending.InvitationAcceptedIn,
            InvitationDropped = pending.InvitationDropped,
            AnotherSince = pending.AnotherSince,
        };
        return WebEncoders.Base64UrlEncode(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(wire)));
    }

    /// <returns>Null when the handle is not ours, was changed, or expired.</returns>
    public PendingAuthorization? Open(string? handle)
    {
        if (string.IsNullOrEmpty(handle))
            return null;
        try
        {
            var wire = JsonSerializer.Deserialize<Wire>(protector.Unprotect(WebEncoders.Base64UrlDecode(handle)));
            if (wire is null || !RequestParameters.From(wire.Parameters).Succeeded(out var parameters, out _))
                return null;
            var pending = new PendingAuthorization(parameters, wire.StartedAt)
            {
                AccountChosenIn = wire.AccountChosenIn,
                ConsentedIn = wire.ConsentedIn,
                IsSigned = wire.IsSigned,
                OrganizationId = wire.OrganizationId,
                IsPersonal = wire.IsPersonal,
                OrganizationChosenBy = wire.OrganizationChosenBy,
                InvitationAcceptedIn = wire.InvitationAcceptedIn,
                InvitationDropped = wire.InvitationDropped,
                AnotherSince = wire.AnotherSince,
            };
            return pending.IsExpired(time.GetUtcNow()) ? null : pending;
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private sealed record Wire(IReadOnlyDictionary<string, string> Parameters, DateTimeOffset StartedAt, string? AccountChosenIn, string? ConsentedIn, bool IsSigned)
    {
        public string? OrganizationId { get; init; }
        public bool IsPersonal { get; init; }
        public string? OrganizationChosenBy { get; init; }
        public string? InvitationAcceptedIn { get; init; }
        public bool InvitationDropped { get; init; }
        public DateTimeOffset? AnotherSince { get; init; }
    }
}
