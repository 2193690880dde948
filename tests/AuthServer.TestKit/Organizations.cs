using AuthServer.Core;
using AuthServer.Core.Mail;
using AuthServer.Core.Model;
using AuthServer.Core.Organizations;
using AuthServer.Storage;
using AuthServer.Web.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.TestKit;

/// <summary>Organizations and what belongs to them, put straight into the store.</summary>
public static class Organizations
{
    extension(TestServer server)
    {
        /// <summary>An organization whose members come in through the default database, and these members.</summary>
        public async Task<Organization> AddOrganizationAsync(
            string name, Action<Organization>? change = null, params User[] members)
        {
            var organization = new Organization
            {
                Id = OrganizationNames.NewId(),
                Name = name,
                CreatedAt = server.Time.GetUtcNow(),
            };
            await server.ChangeAsync(async db =>
            {
                var connection = await db.Connections.SingleAsync(c => c.Name == Connection.DefaultDatabase);
                organization.Connections.Add(
                    new OrganizationConnection { OrganizationId = organization.Id, ConnectionId = connection.Id });
                change?.Invoke(organization);
                db.Add(organization);
                db.AddRange(
                    members.Select(user => new OrganizationMember
                    {
                        OrganizationId = organization.Id,
                        UserId = user.UserId,
                        CreatedAt = organization.CreatedAt,
                    }));
            });
            return organization;
        }

        /// <summary>A role with one permission, which <paramref name="member"/> has only in the organization.</summary>
        public async Task<string> AddOrganizationRoleAsync(
            Organization organization, User member, string audience, string permission)
        {
            var role = new Role
            {
                Id = "rol_" + OpaqueToken.Alphanumeric(16),
                Name = OpaqueToken.Hex(12),
                Permissions = [],
            };
            role.Permissions.Add(new RolePermission { RoleId = role.Id, Audience = audience, Name = permission });
            await server.ChangeAsync(db =>
            {
                db.Add(role);
                return Task.FromResult(
                    db.Add(
                        new OrganizationMemberRole
                        {
                            OrganizationId = organization.Id,
                            UserId = member.UserId,
                            RoleId = role.Id,
                        }));
            });
            return role.Id;
        }

        public Task RemoveMemberAsync(Organization organization, User user) =>
            server.ChangeAsync(db =>
                db.OrganizationMembers.Where(m => m.OrganizationId == organization.Id && m.UserId == user.UserId)
                    .ExecuteDeleteAsync());

        public Task<bool> IsMemberAsync(Organization organization, User user) =>
            server.WithAsync<IOrganizationStore, bool>(store =>
                store.IsMemberAsync(organization.Id, user.UserId, CancellationToken.None));

        public Task<Client> AddOrganizationClientAsync(
            string usage, string prompt = OrganizationPrompts.None,
            Action<Client>? change = null) =>
            server.AddClientAsync(client =>
            {
                (client.OrganizationUsage, client.OrganizationPrompt) = (usage, prompt);
                client.InitiateLoginUri = "https://app.example.com/login";
                change?.Invoke(client);
            });

        /// <returns>The tickets of a new invitation: the inviter's, and the one that only the email would
        /// contain.</returns>
        public async Task<(Invitation Invitation, string Ticket, string Mailed)> InviteAsync(
            Organization organization,
            Client client,
            string email,
            Func<Invitation, Invitation>? change = null,
            params string[] roles)
        {
            var (ticket, mailed, now) = (OpaqueToken.Create(), OpaqueToken.Create(), server.Time.GetUtcNow());
            var invitation = new Invitation
            {
                Id = "uinv_" + OpaqueToken.Alphanumeric(16),
                OrganizationId = organization.Id,
                ClientId = client.ClientId,
                TicketHash = ticket.Hash().Bytes,
                MailedTicketHash = mailed.Hash().Bytes,
                InviterName = "Ada Lovelace",
                Email = email,
                Roles = roles,
                UserMetadata = """{"team":"blue"}""",
                CreatedAt = now,
                ExpiresAt = now + Invitation.DefaultLifetime,
            };
            invitation = change?.Invoke(invitation) ?? invitation;
            await server.ChangeAsync(db => Task.FromResult(db.Add(invitation)));
            return (invitation, ticket.Reveal(), mailed.Reveal());
        }

        /// <summary>
        /// The emails that wait, in the order in which they were written, and those that were sent meanwhile.
        /// </summary>
        public Task<IReadOnlyList<EmailMessage>> EmailsAsync() =>
            server.WithAsync<AuthDbContext, IReadOnlyList<EmailMessage>>(async db =>
            {
                var outbox = server.Services.GetRequiredService<Outbox>();
                var waiting = (await db.OutgoingEmails.AsNoTracking().OrderBy(m => m.CreatedAt).ToListAsync())
                    .Select(outbox.Open)
                    .ToList();
                var sent = server
                    .Services.GetRequiredService<FileOutbox>()
                    .Newest(1000)
                    .Reverse()
                    .Select(kept => kept.EmailMessage);
                return [.. sent.Concat(waiting).DistinctBy(letter => (letter.To, letter.Text))];
            });
    }
}
