using System.Security.Cryptography;
using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Authorize;
using AuthServer.Core.Clients;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Protocol.Authorize;

/// <summary>Seals a pending authorization into the handle that the pages carry as <c>state</c>, and opens it.</summary>
public sealed class PendingAuthorizationProtector(IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector protector = protection.CreateProtector("pending-authorization");

    /// <summary>The path at which the pending request goes on.</summary>
    public string ResumePath(PendingAuthorization pending)
    {
        var isAccount = pending.Parameters["client_id"] == AccountApplication.ClientId;
        return (isAccount ? AccountApplication.ResumePath : "/" + ProtocolPaths.Resume) + "?state=" + Seal(pending);
    }

    public string Seal(PendingAuthorization pending)
    {
        var content = new Content(pending.Parameters.All, pending.StartedAt)
        {
            AccountChosenIn = pending.AccountChosenIn,
            ConsentedIn = pending.ConsentedIn,
            IsSigned = pending.IsSigned,
            OrganizationId = pending.OrganizationId,
            IsPersonal = pending.IsPersonal,
            OrganizationChosenBy = pending.OrganizationChosenBy,
            InvitationAcceptedIn = pending.InvitationAcceptedIn,
            InvitationDropped = pending.InvitationDropped,
            IsDenied = pending.IsDenied,
            DeniedIn = pending.DeniedIn,
            AnotherSince = pending.AnotherSince,
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(content, JsonText.Relaxed);
        return WebEncoders.Base64UrlEncode(protector.Protect(json));
    }

    /// <returns>Null when the handle is not ours, was changed, or expired.</returns>
    public PendingAuthorization? Open(string? handle)
    {
        if (string.IsNullOrEmpty(handle))
            return null;
        try
        {
            var content = JsonSerializer.Deserialize<Content>(protector.Unprotect(WebEncoders.Base64UrlDecode(handle)));
            if (content is null || !RequestParameters.From(content.Parameters).Succeeded(out var parameters, out _))
                return null;
            var pending = new PendingAuthorization(parameters, content.StartedAt)
            {
                AccountChosenIn = content.AccountChosenIn,
                ConsentedIn = content.ConsentedIn,
                IsSigned = content.IsSigned,
                OrganizationId = content.OrganizationId,
                IsPersonal = content.IsPersonal,
                OrganizationChosenBy = content.OrganizationChosenBy,
                InvitationAcceptedIn = content.InvitationAcceptedIn,
                InvitationDropped = content.InvitationDropped,
                IsDenied = content.IsDenied,
                DeniedIn = content.DeniedIn,
                AnotherSince = content.AnotherSince,
            };
            return pending.IsExpired(time.GetUtcNow()) ? null : pending;
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private sealed record Content(IReadOnlyDictionary<string, string> Parameters, DateTimeOffset StartedAt)
    {
        public string? AccountChosenIn { get; init; }
        public string? ConsentedIn { get; init; }
        public bool IsSigned { get; init; }
        public string? OrganizationId { get; init; }
        public bool IsPersonal { get; init; }
        public string? OrganizationChosenBy { get; init; }
        public string? InvitationAcceptedIn { get; init; }
        public bool InvitationDropped { get; init; }
        public bool IsDenied { get; init; }
        public string? DeniedIn { get; init; }
        public DateTimeOffset? AnotherSince { get; init; }
    }
}
