using AuthServer.Core;
using AuthServer.Core.Authorize;
using AuthServer.Core.Clients;
using AuthServer.Protocol.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// Encrypts a pending authorization into the handle that the pages carry as <c>state</c>, and opens it.
/// </summary>
public sealed class PendingAuthorizationProtector(IDataProtectionProvider protection, TimeProvider time)
{
    private readonly JsonProtector<Content> protector = new(protection, "pending-authorization");

    /// <summary>Path at which the pending request resumes.</summary>
    public string ResumePath(PendingAuthorization pending)
    {
        var isAccount = pending.Parameters["client_id"] == AccountApplication.ClientId;
        return (isAccount ? AccountApplication.ResumePath : "/" + ProtocolPaths.Resume) + "?state=" + Seal(pending);
    }

    public string Seal(PendingAuthorization pending) =>
        protector.Seal(new Content(pending.Parameters.All, pending.StartedAt)
        {
            Id = pending.Id,
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
        });

    /// <returns>Null when the handle is forged, was changed, or expired.</returns>
    public PendingAuthorization? Open(string? handle)
    {
        if (protector.Open(handle) is not { } content)
            return null;
        if (!RequestParameters.From(content.Parameters).Succeeded(out var parameters, out _))
            return null;
        var pending = new PendingAuthorization(parameters, content.StartedAt)
        {
            Id = content.Id ?? Guid.CreateVersion7(content.StartedAt),
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

    private sealed record Content(IReadOnlyDictionary<string, string> Parameters, DateTimeOffset StartedAt)
    {
        public Guid? Id { get; init; }
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
