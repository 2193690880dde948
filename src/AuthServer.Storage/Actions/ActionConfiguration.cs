using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Actions;

internal sealed class ActionDefinitionConfiguration : IEntityTypeConfiguration<ActionDefinition>
{
    public void Configure(EntityTypeBuilder<ActionDefinition> action)
    {
        action.ToTable("actions");
        action.HasKey(a => a.Id);
        action.HasIndex(a => a.Name).IsUnique();
        action.Property(a => a.Modules).HasDefaultValueSql("'[]'");
    }
}

internal sealed class ActionModuleConfiguration : IEntityTypeConfiguration<ActionModule>
{
    public void Configure(EntityTypeBuilder<ActionModule> module)
    {
        module.ToTable("action_modules");
        module.HasKey(m => m.Id);
        module.HasIndex(m => m.Name).IsUnique();
    }
}

internal sealed class ActionModuleVersionConfiguration : IEntityTypeConfiguration<ActionModuleVersion>
{
    public void Configure(EntityTypeBuilder<ActionModuleVersion> version)
    {
        version.ToTable("action_module_versions");
        version.HasKey(v => v.Id);
        version.HasIndex(v => new { v.ModuleId, v.Number }).IsUnique();
        version.HasOne<ActionModule>().WithMany().HasForeignKey(v => v.ModuleId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ActionVersionConfiguration : IEntityTypeConfiguration<ActionVersion>
{
    public void Configure(EntityTypeBuilder<ActionVersion> version)
    {
        version.ToTable("action_versions");
        version.HasKey(v => v.Id);
        version.HasIndex(v => new { v.ActionId, v.Number }).IsUnique();
        version.Property(v => v.Modules).HasDefaultValueSql("'[]'");
        version.HasOne<ActionDefinition>().WithMany().HasForeignKey(v => v.ActionId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ActionBindingConfiguration : IEntityTypeConfiguration<ActionBinding>
{
    public void Configure(EntityTypeBuilder<ActionBinding> binding)
    {
        binding.ToTable("action_bindings");
        binding.HasKey(b => b.Id);
        binding.HasIndex(b => new { b.TriggerId, b.Position });
        binding.HasIndex(b => b.ActionId);
        binding.HasOne<ActionDefinition>().WithMany().HasForeignKey(b => b.ActionId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ActionExecutionConfiguration : IEntityTypeConfiguration<ActionExecution>
{
    public void Configure(EntityTypeBuilder<ActionExecution> execution)
    {
        execution.ToTable("action_executions");
        execution.HasKey(e => e.Id);
        execution.HasIndex(e => e.CreatedAt);
    }
}
