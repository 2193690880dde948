using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Tenants;

internal sealed class TenantSettingsConfiguration : IEntityTypeConfiguration<TenantSettings>
{
    public void Configure(EntityTypeBuilder<TenantSettings> settings)
    {
        settings.ToTable("tenant_settings");
        settings.HasKey(s => s.Id);
        settings.Property(s => s.Id).ValueGeneratedNever();
        settings
            .Property(s => s.DynamicClientRegistrationSecurityMode)
            .HasDefaultValue(ThirdPartySecurityModes.Permissive);
        settings.Property(s => s.PushedAuthorizationRequestsSupported).HasDefaultValue(true).ValueGeneratedNever();
        settings.Property(s => s.HasPersistentSessionCookie).HasDefaultValue(true).ValueGeneratedNever();
        settings.Property(s => s.EphemeralSessionLifetime).HasDefaultValue(72.0).ValueGeneratedNever();
        settings.Property(s => s.IdleEphemeralSessionLifetime).HasDefaultValue(24.0).ValueGeneratedNever();
        settings.Property(s => s.ResourceParameterProfile).HasDefaultValue(ResourceParameterProfiles.Audience);
    }
}
