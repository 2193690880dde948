using AuthServer.Core.Model;
using AuthServer.Core.Organizations;
using AuthServer.Core.Users;

namespace AuthServer.Core.Tests.Organizations;

public sealed class InvitationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_invitation_is_open_until_it_ends()
    {
        Assert.Equal(InvitationStatus.Open, New().StatusAt(Now.AddDays(7).AddTicks(-1)));
        Assert.Equal(InvitationStatus.Expired, New().StatusAt(Now.AddDays(7)));
    }

    [Fact]
    public void One_that_was_used_or_taken_back_stays_so_when_it_ends()
    {
        var (used, revoked) = (New(), New());
        used.AcceptedAt = revoked.RevokedAt = Now;

        Assert.Equal(InvitationStatus.Used, used.StatusAt(Now.AddDays(8)));
        Assert.Equal(InvitationStatus.Revoked, revoked.StatusAt(Now.AddDays(8)));
    }

    [Theory]
    [InlineData("grace@example.com", true)]
    [InlineData(" GRACE@Example.com", true)]
    [InlineData("grace@example.com.evil.example", false)]
    [InlineData("other@example.com", false)]
    [InlineData(null, false)]
    public void It_is_only_for_the_owner_of_the_address_and_not_for_its_domain(string? email, bool isFor)
    {
        Assert.Equal(isFor, New().IsFor(NewUser.InDatabase("db", email, Now)));
    }

    private static Invitation New() => new()
    {
        Id = "uinv_1",
        OrganizationId = "org_1",
        ClientId = "c",
        TicketHash = [],
        InviterName = "Ada",
        Email = "Grace@example.com",
        CreatedAt = Now,
        ExpiresAt = Now.AddDays(7),
    };
}
